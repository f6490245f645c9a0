"""The one way a file from outside is turned down."""

_MAX_SHOWN = 60


class BundleRefused(Exception):
    """A sync file, an answer or a sealed code that cannot be taken. `code` names the reason, `values` fill its
    sentence. Refused as a whole: nothing in it may be used."""

    def __init__(self, code: str, **values: str | int | None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def shorten(value: object) -> str:
    """What a stranger's file says, short enough to stand in a sentence."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
