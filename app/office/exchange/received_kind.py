"""Kind of a file that came from the receiver."""

from app.models.errors import Refusal
from app.sync import ack, package
from app.sync.errors import BundleRefused, shorten


def is_answer(content: bytes) -> bool:
    """Return whether a file names itself an answer, else a package.

    Raises Refusal `bundle_format` for any other format, or the code of a damaged file (`bundle_…`).
    """
    try:
        named = package.file_format(content)
    except BundleRefused as refused:
        raise Refusal(refused.code, "file", **refused.values) from refused
    if named not in (ack.FORMAT, package.FORMAT):
        raise Refusal("bundle_format", "file", found=shorten(named), expected=ack.FORMAT)
    return named == ack.FORMAT
