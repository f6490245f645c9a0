"""A file whose manifest was verified and whose records are read on demand."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.sync.bundle import RECORDS, SUMMARY, read_summary, unsealed_records
from app.sync.compressed_lines import split_lines
from app.sync.envelope import OpenedFile
from app.sync.errors import BundleRefused
from hub.ingest.apply import Part
from hub.storage.dossiers import FieldNumbers

CHUNK = 5_000
"""Records that are held in memory at once. Files of earlier programs have up to 600,000."""


class OpenedBundle:
    """A file whose lines are read when they are needed."""

    def __init__(self, opened: OpenedFile, data: bytes, identity: str, fields: FieldNumbers) -> None:
        self.opened = opened
        self.data = data
        self.fields = fields
        self._identity = identity

    def parts(self) -> Iterator[Part]:
        """Yield the lines, at most `CHUNK` at once.

        Raises BundleRefused `bundle_damaged`, `bundle_too_big`, `bundle_count`, `bundle_sequence`,
        `bundle_identity`.
        """
        lines, first = self._lines(), self.opened.manifest["record_from"] or 1
        for begin in range(0, len(lines), CHUNK):
            yield Part(lines[begin : begin + CHUNK], begin + 1, first + begin)

    def summary(self) -> dict[str, Any]:
        """Return the summary.

        Raises BundleRefused `bundle_json`.
        """
        summary: dict[str, Any] = _without_nul(read_summary(self.opened.members[SUMMARY]))
        return summary

    def _lines(self) -> list[bytes]:
        raw = split_lines(unsealed_records(self.opened, self._identity), RECORDS)
        _check_span(self.opened.manifest, len(raw))
        return raw


def _check_span(manifest: Mapping[str, Any], count: int) -> None:
    """Check the numbers of the manifest against the number of lines.

    Raises BundleRefused `bundle_count`, `bundle_manifest`, `bundle_sequence`.
    """
    if manifest["count"] != count:
        raise BundleRefused("bundle_count", expected=manifest["count"], found=count)
    if (manifest["sequence"] == 1) != (manifest["previous"] is None):
        raise BundleRefused("bundle_manifest", part="previous")
    first, last = manifest["record_from"], manifest["record_to"]
    span = None if first is None else first + count - 1
    if (first is None) != (count == 0) or last != span:
        raise BundleRefused("bundle_sequence", expected=span, found=last)


def _without_nul(value: Any) -> Any:
    """Return JSON without NUL characters, which no database stores."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key.replace("\0", ""): _without_nul(item) for key, item in value.items()}
    return value
