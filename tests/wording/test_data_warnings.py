"""Sentences of data warnings and unknown scans, one for each code."""

import re
from pathlib import Path

from app.models.codes import KeyFault
from app.models.errors import Message
from app.wording.data_warnings import doubt_sentence
from app.wording.unknown_scans import unknown_scan_reason

APP = Path(__file__).parents[2] / "app"


def codes_in(*files: str) -> set[str]:
    text = "\n".join((APP / file).read_text(encoding="utf-8") for file in files)
    return set(re.findall(r'Message\(\s*"(\w+)"', text)) | set(re.findall(r'\(\s*"(\w+)", re\.', text))


def test_every_warning_has_a_sentence() -> None:
    raised = codes_in("models/codes.py", "models/people.py", "scanning/card.py")
    assert {"number_place", "number_future", "phone_shape", "card_letters_lost"} <= raised
    assert [code for code in sorted(raised) if code in doubt_sentence(Message(code))] == []


def test_every_unknown_scan_has_its_own_reason() -> None:
    raised = codes_in("scanning/scan.py") | {fault.value for fault in KeyFault}
    assert {"scan_vneid", "card_unreadable", "scan_not_a_code", "key_other_office"} <= raised
    assert len({unknown_scan_reason(Message(code)) for code in raised}) == len(raised)


def test_sentence_has_its_values_in_vietnamese() -> None:
    assert "giới tính nữ," in doubt_sentence(Message("number_gender", {"gender": "female"}))
    assert "1999" in doubt_sentence(Message("number_birth_year", {"year": 1999, "birth_year": "1990"}))


def test_unknown_warning_code_is_shown() -> None:
    assert doubt_sentence(Message("number_unheard_of", {})) == "Cần kiểm tra lại (number_unheard_of)."
