"""Intake page: further applicants, codes of other systems, exempt groups."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.models.errors import Refusal
from app.services.intake.command import AcceptDossier
from app.ui.intake.papers_table import PaperRow
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.scans import CardFields
from app.usecases.intake.preview import Preview
from tests.support.recording_desk import COPY, DUE, NOW, RecordingDesk
from tests.ui.intake.test_page import ENTER, focused_widget, pick_procedure, press, type_text

WaitUntilIdle = Callable[[Any], None]
CARD = CardFields("048199004217", None, "Huỳnh Thị Ẫm Ỷ", "1999-03-08", "female", "Thôn Đoài", None, ())


def texts(window: MainWindow) -> str:
    return "\n".join(each.text() for each in window.intake.side_panel.findChildren(QLabel))


def test_second_person_of_a_marriage_is_entered_by_keys(window: MainWindow, desk: RecordingDesk) -> None:
    form = window.intake.form
    form.choose_procedure(COPY)
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    form.co_applicants.tick.setFocus()
    press(Qt.Key.Key_Space)
    (second,) = form.co_applicants.people
    assert second.isVisible()
    second.id_number.setFocus()
    press(ENTER)
    assert focused_widget() is second.name
    second.name.setText("Lâm Thị Bích Ngà")
    line = form.read()
    assert [person["name"] for person in line["co_applicants"]] == ["Lâm Thị Bích Ngà"]
    assert AcceptDossier.read(line, NOW.date()).co_applicants[0].name == "Lâm Thị Bích Ngà"
    form.co_applicants.tick.setChecked(False)
    assert "co_applicants" not in form.read() and not second.isVisible()


def test_missing_co_applicant_is_refused_at_its_name(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    form = window.intake.form
    form.choose_procedure(COPY)
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    form.co_applicants.tick.setChecked(True)
    window.intake.save()
    wait_until_idle(window.runner)
    box = form.co_applicants.people[0].boxes["name"]
    assert box.error and focused_widget() is box.inner


def test_card_fills_the_co_applicant_with_the_focus(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    form = window.intake.form
    form.co_applicants.tick.setChecked(True)
    form.co_applicants.more.click()
    second = form.co_applicants.people[1]
    assert focused_widget() is second.id_number
    window.intake.fill_from_card(CARD)
    wait_until_idle(window.runner)
    assert second.name.text() == CARD.name and form.submitter.empty


def test_codes_of_other_systems_are_kept_in_a_draft(window: MainWindow) -> None:
    form = window.intake.form
    form.choose_procedure(COPY)
    form.other_codes.tick.setChecked(True)
    form.other_codes.more.click()
    for place, texts_of_row in enumerate((("HT-1", "Hộ tịch điện tử"), ("G12-2", ""))):
        for box, text in zip(form.other_codes.rows[place], texts_of_row, strict=True):
            box.inner.setText(text)
    line = form.read()
    assert line["aliases"] == [{"code": "HT-1", "system": "Hộ tịch điện tử"}, {"code": "G12-2"}]
    form.clear()
    assert "aliases" not in form.read()
    form.fill(line, COPY)
    assert form.read()["aliases"] == line["aliases"] and form.other_codes.isVisible()


def test_refused_code_is_shown_at_its_row(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["AcceptDossier"] = Refusal("alias_taken", "aliases.0.code", alias="HT-1")
    form = window.intake.form
    form.choose_procedure(COPY)
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    form.other_codes.tick.setChecked(True)
    form.other_codes.rows[0][0].inner.setText("HT-1")
    window.intake.save()
    wait_until_idle(window.runner)
    assert "HT-1" in form.other_codes.rows[0][0].error


def test_preview_takes_groups_level_and_birth(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    desk.answers["PreviewPromise"] = Preview(DUE, (), (), 0, "Hộ nghèo (TT 75/2022/TT-BTC Điều 5)")
    form = window.intake.form
    form.choose_procedure(COPY)
    qtbot.waitUntil(lambda: bool(form.terms.groups))
    form.channel.set_value("online")
    form.level.set_value("2")
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    form.submitter.birth_date.setText("08/03/1960")
    form.terms.exempt_tick.setChecked(True)
    assert form.terms.boxes["exempt"].isVisible()
    form.terms.groups["ho-ngheo"].setChecked(True)
    assert not form.terms.boxes["exempt"].isVisible()
    assert "TT 75/2022/TT-BTC Điều 5" in form.terms.basis
    qtbot.waitUntil(lambda: "Hộ nghèo (TT 75/2022" in texts(window))
    query = desk.queries_of("PreviewPromise")[-1]
    assert (tuple(query.exempt), query.level, query.birth) == (("ho-ngheo",), 2, "1960-03-08")
    line = form.read()
    assert line["exempt"] == ["ho-ngheo"] and AcceptDossier.read(line, NOW.date()).level == 2
    form.clear()
    form.fill(line, COPY)
    assert form.read()["exempt"] == ["ho-ngheo"] and form.read()["level"] == 2


def test_owner_gives_the_birth_of_the_preview(window: MainWindow) -> None:
    form = window.intake.form
    form.choose_procedure(COPY)
    form.other_owner.setChecked(True)
    form.submitter.birth_date.setText("1990")
    form.owner.birth_date.setText("2020")
    query = form.promise_query()
    assert query is not None and query.birth == "2020"


def test_advice_of_the_term_is_shown(window: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    desk.answers["PreviewPromise"] = Preview(DUE, (), (), 0, advice="Mang bản chính khi nhận kết quả")
    window.intake.form.choose_procedure(COPY)
    qtbot.waitUntil(lambda: "Nói với công dân: Mang bản chính khi nhận kết quả" in texts(window))


def papers_of(form: Any) -> list[tuple[str, bool]]:
    return [(row.name, row.ticked) for row in form.papers.papers.rows if "ủy quyền" in row.name]


def test_principal_brings_the_paper_of_authority_and_the_owner(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form = window.intake.form
    form.other_owner.click()
    form.owner.name.setText("Đinh Văn Quýt")
    form.owner.phone.setText("0905 123 456")
    form.has_principal.click()
    assert papers_of(form) == [("Giấy tờ ủy quyền", True)]
    assert form.principal.read() == {"name": "Đinh Văn Quýt", "phone": "0905 123 456"}
    form.owner.name.setFocus()
    type_text("g")
    assert form.principal.read()["name"] == form.owner.name.text()
    form.principal.boxes["name"].inner.setText("Hồ Thị Bưởi")
    type_text("h")
    assert form.principal.read()["name"] == "Hồ Thị Bưởi"
    form.has_principal.click()
    assert papers_of(form) == []


def test_listed_paper_of_authority_is_ticked(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    form = window.intake.form
    listed = PaperRow("Văn bản ủy quyền (nếu có)", "submit", 0, 0, ticked=False)
    form.papers.show_papers([*form.papers.papers.rows, listed])
    form.has_principal.click()
    assert papers_of(form) == [(listed.name, True)]
    form.has_principal.click()
    assert papers_of(form) == [(listed.name, False)]
