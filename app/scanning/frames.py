"""Bytes off a serial scanner: where one scan ends and the next begins, and which letters the bytes are.

A scan ends with CR, CR LF or ETX, or with LF and a pause; an STX before it is left out. Square codes of papers have
line feeds inside: lines that carry a label belong together, others are scans of their own.
"""

import re

from app.scanning.text_repair import garble_score

STX, ETX, CR, LF = b"\x02", b"\x03", b"\r", b"\n"
MAX_SCAN_BYTES = 16_000
"""Bytes after which a line without any end is noise (a wrong speed, a modem) and is let go."""

_TCVN_LOW = dict(zip(b"\1\2\4\5\6\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_CODE_PAGES = ("cp1258", "cp1252", "latin-1", "big5", "gb18030")


def decode_scan(raw: bytes) -> str:
    """The text of a scan's bytes: UTF-8, as codes are written, else the character set that gives the best Vietnamese
    (TCVN 5712, Windows-1258, Windows-1252, Latin-1, Big5, GB 18030). Never raises."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return min(_decodings(raw), key=garble_score)


def _decodings(raw: bytes) -> list[str]:
    tcvn = "".join(_TCVN[byte - 0x80] if byte > 0x7F else _TCVN_LOW.get(byte, chr(byte)) for byte in raw)
    read = [tcvn, raw.decode("utf-8", "replace")]
    for page in _CODE_PAGES:
        try:
            read.append(raw.decode(page))
        except UnicodeDecodeError:
            continue
    return read


class ScanAssembler:
    """The bytes of a line, gathered into scans."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def has_pending(self) -> bool:
        """True while bytes of a scan without its end are held."""
        return bool(self._pending)

    def feed(self, raw: bytes) -> list[str]:
        """The scans that are whole with these bytes."""
        *whole, self._pending = re.split(rb"[\r\x03]", self._pending + raw)
        if len(self._pending) > MAX_SCAN_BYTES:
            self._pending = b""
        return [scan for part in whole for scan in _scans(part)]

    def flush(self) -> list[str]:
        """The line fell silent: what is held is a scan whose end is a line feed or nothing."""
        held, self._pending = self._pending, b""
        return list(_scans(held))

    def reset(self) -> None:
        """The line broke: half a scan is none."""
        self._pending = b""


def _scans(part: bytes) -> list[str]:
    """The scans in bytes that end together: one, or one a line where lines carry no label."""
    bare = part.strip(b"\n\0").removeprefix(STX)
    lines = [line for line in bare.split(LF) if line.strip()]
    together = len(lines) > 1 and any(b": " in line for line in lines)
    return [decode_scan(bare)] if together else [decode_scan(line) for line in lines]
