"""Framing and decoding of bytes from a serial scanner.

A scan ends with CR, CR LF or ETX, or with LF and a pause; an STX before it is removed. QR codes of papers contain line
feeds: lines with a label belong together, other lines are separate scans.
"""

import re

from app.scanning.text_repair import garble_score

STX, LF = b"\x02", b"\n"
MAX_SCAN_BYTES = 16_000
"""Bytes after which a line without an end is discarded as noise (wrong speed, a modem)."""

_TCVN_LOW = dict(zip(b"\1\2\4\5\6\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_CODE_PAGES = ("cp1258", "cp1252", "latin-1", "big5", "gb18030")


def decode_scan(raw: bytes) -> str:
    """Return the text of a scan.

    UTF-8 is tried first because QR codes use it. Otherwise the character set with the best Vietnamese is used (TCVN
    5712, Windows-1258, Windows-1252, Latin-1, Big5, GB 18030). Never raises.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return min(_decodings(raw), key=garble_score)


def _decodings(raw: bytes) -> list[str]:
    tcvn = "".join(_TCVN[byte - 0x80] if byte > 0x7F else _TCVN_LOW.get(byte, chr(byte)) for byte in raw)
    candidates = [tcvn, raw.decode("utf-8", "replace")]
    for page in _CODE_PAGES:
        try:
            candidates.append(raw.decode(page))
        except UnicodeDecodeError:
            continue
    return candidates


class ScanAssembler:
    """Assembles the bytes of a serial line into scans."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def has_pending(self) -> bool:
        """Return whether bytes of an unfinished scan are held."""
        return bool(self._pending)

    def feed(self, raw: bytes) -> list[str]:
        """Return the scans that these bytes complete."""
        *complete, self._pending = re.split(rb"[\r\x03]", self._pending + raw)
        if len(self._pending) > MAX_SCAN_BYTES:
            self._pending = b""
        return [scan for chunk in complete for scan in _scans(chunk)]

    def flush(self) -> list[str]:
        """Return the scans in the held bytes after a pause on the line."""
        pending, self._pending = self._pending, b""
        return list(_scans(pending))

    def reset(self) -> None:
        """Discard the held bytes after the line was interrupted."""
        self._pending = b""


def _scans(part: bytes) -> list[str]:
    """Return the scans in bytes with a common end.

    It is one scan if the lines have labels, otherwise one scan per line.
    """
    bare = part.strip(b"\n\0").removeprefix(STX)
    lines = [line for line in bare.split(LF) if line.strip()]
    together = len(lines) > 1 and any(b": " in line for line in lines)
    return [decode_scan(bare)] if together else [decode_scan(line) for line in lines]
