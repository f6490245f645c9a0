"""The error of all readers and writers of sync files."""

_MAX_SHOWN = 60


class BundleRefused(Exception):
    """A sync file, an answer or an archive code cannot be used at all.

    `code` names the reason, `values` fill its sentence.
    """

    def __init__(self, code: str, **values: str | int | None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def shorten(value: object) -> str:
    """Return a value of an untrusted file, short enough for a sentence."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
