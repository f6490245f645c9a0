"""Files named on the command line: read with a limit, written whole or not at all."""

from pathlib import Path

from app.models.values import Refusal

_LARGEST_TABLE = 64 * 1024 * 1024


def write_whole(file: Path, content: bytes) -> None:
    """Write a file under another name first, so that a reader never sees half of it.

    Raises Refusal `out_unwritable`.
    """
    partial = file.with_name(file.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(file)
    except OSError:
        partial.unlink(missing_ok=True)
        raise Refusal("out_unwritable", "out", file=str(file)) from None


def read_table(file: Path) -> str:
    """The text of a table somebody made.

    Raises Refusal `file_missing`, `file_too_big`, `file_not_text`.
    """
    try:
        if file.stat().st_size > _LARGEST_TABLE:
            raise Refusal("file_too_big", "file", file=str(file), limit=_LARGEST_TABLE // 1024 // 1024)
        return file.read_bytes().decode("utf-8-sig")
    except OSError:
        raise Refusal("file_missing", "file", file=str(file)) from None
    except UnicodeDecodeError:
        raise Refusal("file_not_text", "file", file=str(file)) from None
