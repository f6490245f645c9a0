"""Every field of «Đính chính», against what the dossier holds."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.enums import Action, PaperForm
from app.office.session import OfficeSession
from app.services.dossier_detail import DossierDetail
from app.services.intake.command import AcceptDossier
from app.ui.dossier.actions import ActionForm
from app.ui.shell.window import MainWindow
from app.usecases.documents.print_queue import PreviewPaper, preview_paper
from app.usecases.documents.register import PrepareRegister, register_table
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import MORNING, PERSON, ShowDossier, intake_line, show_dossier
from tests.support.pdf_reading import pdf_text

WaitUntilIdle = Callable[[Any], None]


def person(name: str, number: str, **facts: str) -> dict[str, str]:
    """Return a person of an intake line."""
    return {"kind": "citizen", "name": name, "id_number": number, **facts}


LINE = intake_line(
    applicant={**PERSON, "birth_date": "1990", "phone": "0905123456"},
    submitter=person(
        "Phùng Văn Đạt",
        "048088001234",
        birth_date="1988-12-01",
        gender="male",
        phone="+84 912 000 111",
        address="Thôn Thượng, xã Thử Nghiệm",
        email="dat.phung@thu.example",
        authority="Giấy ủy quyền số 12/2026",
    ),
    co_applicants=[
        person("Lâm Thị Bích Ngà", "048199001111", phone="0236 382 1111; 0905 222 333"),
        person("Y Ngông Niê Kdăm", "048077002222", birth_date="1977-02-03", gender="male"),
    ],
    pages=7,
    exempt=["Hộ nghèo", "nguoi_co_cong"],
)
PRINCIPAL = {
    "name": "Hoàng Thị Ỷ",
    "address": "Thôn Hạ, xã Thử Nghiệm",
    "id_number": "048170003333",
    "phone": "0905 333 444",
    "email": "y.hoang@thu.example",
    "authority": "Văn bản 3/2026",
}
TYPED = {
    "name": "Đào Thị Ấm",
    "id_number": "048191009999",
    "birth_date": "8/3/91",
    "gender": "male",
    "phone": "0988 777 666",
    "address": "Thôn Mới, xã Thử Nghiệm",
    "email": "moi@thu.example",
    "authority": "Giấy ủy quyền mới",
    "pages": "3",
    "exempt": "ho-ngheo",
}
STORED = {**TYPED, "birth_date": "1991-03-08"}


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office."""
    return open_window(office)


@pytest.fixture(params=["people", "principal", "without authority"])
def code(request: pytest.FixtureRequest, office: OfficeSession) -> str:
    """A dossier of several people, or one that a principal has authorised."""
    line = dict(LINE) if request.param == "people" else intake_line(principal=PRINCIPAL, pages=7)
    if request.param == "without authority":
        line = dict(LINE, submitter={key: value for key, value in LINE["submitter"].items() if key != "authority"})
    line.pop("term", None)
    return office.write(accept_dossier, AcceptDossier.read(line, MORNING.date())).code


def held(detail: DossierDetail) -> dict[str, Any]:
    """Return what a dossier holds, by the field that corrects it."""
    people: dict[str, dict[str, Any]] = {"": detail.applicant}
    if detail.submitter != detail.applicant:
        people["submitter."] = detail.submitter
    if detail.principal:
        people["principal."] = detail.principal
    people |= {f"co{number}.": person for number, person in enumerate(detail.co_applicants, 1)}
    facts = {name: detail.fee_facts[name] for name in ("pages", "exempt") if detail.fee_facts.get(name)}
    return {
        f"{role}{key}": value for role, each in people.items() for key, value in each.items() if key != "kind"
    } | facts


def shown(inner: QWidget) -> str:
    """Return the value of a field."""
    if isinstance(inner, QComboBox):
        return str(inner.currentData())
    assert isinstance(inner, QLineEdit)
    return inner.text()


def fill(inner: QWidget, text: str) -> None:
    """Type into a field."""
    if isinstance(inner, QComboBox):
        inner.setCurrentIndex(inner.findData(text))
    else:
        assert isinstance(inner, QLineEdit)
        inner.setText(text)


@pytest.fixture
def begin(window: MainWindow, code: str, wait_until_idle: WaitUntilIdle) -> Callable[[], ActionForm]:
    """Function that opens the correction of the dossier."""

    def open_form() -> ActionForm:
        window.open_dossier(code)
        wait_until_idle(window.runner)
        window.dossier.begin_action(Action.AMEND)
        form = window.dossier.action_form
        assert form is not None
        return form

    return open_form


def test_form_holds_what_the_dossier_holds(begin: Callable[[], ActionForm], office: OfficeSession, code: str) -> None:
    form, facts = begin(), held(office.read(show_dossier, ShowDossier(code)))
    for name, value in facts.items():
        expected = ", ".join(value) if isinstance(value, list) else str(value or "")
        if name.endswith("birth_date") and "-" in expected:
            expected = "/".join(reversed(expected.split("-")))
        if expected:
            assert shown(form.boxes[name].inner) == expected, name
        else:
            assert name not in form.boxes or shown(form.boxes[name].inner) == "", name
    always = {"alias", "alias_system", "note", "exempt"}
    always |= {"submitter.authority"} if "submitter.name" in facts else set()
    assert set(form.boxes) - set(facts) == always - set(facts)


def test_unchanged_form_writes_nothing(
    begin: Callable[[], ActionForm],
    window: MainWindow,
    office: OfficeSession,
    code: str,
    wait_until_idle: WaitUntilIdle,
) -> None:
    before = office.read(show_dossier, ShowDossier(code))
    form = begin()
    for name, box in form.boxes.items():
        if isinstance(box.inner, QLineEdit) and box.inner.text() and name != "note":
            box.inner.setText(f" {box.inner.text().replace(' ', '  ')} ")
    fill(form.boxes["note"].inner, "Không có gì")
    form.submit_button.click()
    wait_until_idle(window.runner)
    assert form.error == "Chưa sửa mục nào. Sửa mục ghi sai rồi bấm lại."
    assert office.read(show_dossier, ShowDossier(code)) == before


def test_each_changed_field_writes_one_record(
    begin: Callable[[], ActionForm],
    window: MainWindow,
    office: OfficeSession,
    code: str,
    wait_until_idle: WaitUntilIdle,
) -> None:
    for name in [name for name in begin().boxes if name not in ("alias", "alias_system", "note")]:
        before = office.read(show_dossier, ShowDossier(code))
        form, key = begin(), name.rpartition(".")[2]
        text = {"co2.gender": "female", "submitter.gender": "female"}.get(name, TYPED[key])
        fill(form.boxes[name].inner, text)
        fill(form.boxes["note"].inner, f"Sửa {name}")
        form.submit_button.click()
        wait_until_idle(window.runner)
        assert window.dossier.action_form is None, (name, form.error)
        after = office.read(show_dossier, ShowDossier(code))
        facts, now = held(before), held(after)
        stored = {"pages": 3, "exempt": "ho-ngheo"}.get(name, text if key == "gender" else STORED[key])
        assert {each: now[each] for each in now if now[each] != facts.get(each)} == {name: stored}, name
        (step,) = after.steps[len(before.steps) :]
        assert (step.action, step.note) == (Action.AMEND, f"Sửa {name}")
    assert office.read(show_dossier, ShowDossier(code)).deadline == before.deadline


def test_papers_lists_and_search_follow_a_correction(
    begin: Callable[[], ActionForm],
    window: MainWindow,
    office: OfficeSession,
    code: str,
    wait_until_idle: WaitUntilIdle,
) -> None:
    form = begin()
    for name, text in (("name", "Đào Thị Ngọc Ấm"), ("id_number", "048191009999"), ("note", "Sai tên, số")):
        fill(form.boxes[name].inner, text)
    form.submit_button.click()
    wait_until_idle(window.runner)
    receipt = office.write(preview_paper, PreviewPaper(code, PaperForm.RECEIPT))
    assert "Đào Thị Ngọc Ấm" in " ".join(pdf_text(receipt.pdf).split())
    lines = office.read(search_dossiers, SearchDossiers("dao thi ngoc am"))
    register = office.read(register_table, PrepareRegister(MORNING.date(), MORNING.date()))
    assert [line.code for line in lines] == [code] and "Đào Thị Ngọc Ấm" in str(register)
