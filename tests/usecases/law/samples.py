"""Law packages for tests, with invented law."""

import json
from typing import Any

from app.sync.law_package import LawHeader, write_law_package

ISSUER_KEY = bytes(range(64, 96))
RELIEF = {
    "kind": "fee_relief",
    "key": "mien-thu",
    "value": {"name": "Miễn thử", "percent": 50, "procedures": ["2.000815"]},
}
CATALOGUE = "code\tfee_vnd\n2.000815\t3000\n"
CALENDAR = "date,kind,hours,decision\n2026-02-12,off,,12/TB\n"


def law_file(
    rules: list[Any] | None = None,
    *,
    catalogue: str = "",
    calendar: str = "",
    key: bytes = ISSUER_KEY,
    content: bytes | None = None,
    **header: str,
) -> bytes:
    """Return a signed package; `content` replaces content.json."""
    facts = {
        "id": "thu-01",
        "title": "Thay đổi thử",
        "issuer": "UBND tỉnh Thử",
        "decision": "NQ 1/2026",
        "valid_from": "2026-02-10",
        "made_at": "2026-02-01T08:00:00+07:00",
        **header,
    }
    parts = {"rules": rules or [], "catalogue": catalogue, "calendar": calendar}
    text = json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False).encode()
    return write_law_package(LawHeader(**facts), text if content is None else content, key)
