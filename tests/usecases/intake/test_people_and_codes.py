"""Several applicants, other codes with systems, authority of a submitter."""

import pytest

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from tests.support.offices import MORNING, PERSON, Desk
from tests.support.pdf_reading import pages

SECOND = {"kind": "citizen", "name": "Lý Văn Dậu", "id_number": "048090004218", "phone": "0912 000 333"}
ALIASES = [{"code": "G12.7-0001", "system": "Hộ tịch điện tử"}, {"code": "DVC-77"}]


def test_both_applicants_of_a_marriage_are_recorded_and_found(desk: Desk) -> None:
    code = desk.take_in(co_applicants=[SECOND]).code
    shown = desk.show(code)
    assert [person["name"] for person in shown.co_applicants] == ["Lý Văn Dậu"]
    assert desk.office.read(search_dossiers, SearchDossiers("ly van dau"), MORNING)[0].code == code
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), MORNING).pdf
    assert "Cùng là chủ hồ sơ: Lý Văn Dậu" in " ".join(pages(pdf)[0].text.split())
    assert desk.act(code, "amend", sets=(("co1.name", "Lý Văn Tuất"),)).co_applicants[0]["name"] == "Lý Văn Tuất"
    assert desk.check().findings == ()


def test_codes_of_several_systems(desk: Desk) -> None:
    code = desk.take_in(aliases=ALIASES, alias="ĐN-1").code
    shown = desk.show("g12 7 0001")
    assert shown.code == code and set(shown.alias_codes) == {"G12.7-0001", "DVC-77", "ĐN-1"}
    assert {each.code: each.system for each in shown.aliases}["G12.7-0001"] == "Hộ tịch điện tử"
    for again in ({"alias": "DVC-77"}, {"aliases": ["G12.7-0001"]}):
        with pytest.raises(Refusal) as refused:
            desk.take_in(**again)
        assert refused.value.code == "alias_taken"
    assert desk.check().findings == ()


def test_at_once_records_the_submitter_as_receiver(desk: Desk) -> None:
    submitter = {**PERSON, "name": "Lê Thị Dần", "id_number": "048190000001", "authority": "GUQ 07"}
    code = desk.take_in(at_once=True, submitter=submitter).code
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RETURN), MORNING).pdf
    text = " ".join(pages(pdf)[0].text.split())
    assert "Người nhận kết quả: Lê Thị Dần" in text and "048190000001" in text and "GUQ 07" in text


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"co_applicants": SECOND}, "wrong_type", "co_applicants"),
        ({"co_applicants": [SECOND] * 10}, "too_many", "co_applicants"),
        ({"co_applicants": [{**SECOND, "name": ""}]}, "name_missing", "co_applicants.0.name"),
        ({"aliases": [{"code": "–"}]}, "alias_shape", "aliases.0.code"),
        ({"aliases": [{"code": "a", "x": 1}]}, "alias_keys", "aliases.0"),
        ({"aliases": [7]}, "alias_keys", "aliases.0"),
        ({"aliases": [{}]}, "missing", "aliases.0.code"),
        ({"applicant": {**PERSON, "authority": "x"}}, "unknown_key", "applicant.authority"),
        ({"level": 3}, "out_of_range", "level"),
        ({"exempt": [1]}, "exempt_reason_missing", "exempt"),
    ],
)
def test_wrong_people_and_codes_are_named(desk: Desk, values: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        desk.take_in(**values)
    assert (refused.value.code, refused.value.field) == (code, field)
