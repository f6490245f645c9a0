"""Intake page: receiving place and second limit."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.models.enums import Action
from app.models.law.rule import read_rule
from app.office.session import OfficeSession
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier
from app.services.law.rules import add_rules
from app.services.permissions import public
from app.storage.uow import Writing
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.reissue import GetReissueLine, get_reissue_line

WaitUntilIdle = Callable[[Any], None]
COPY_OF_PAPER, OTHER = "2.000815", "1.001193"
PLACES = (
    ("receiving_place", "diem-1", {"name": "Điểm số 1"}),
    ("receiving_place", "diem-2", {"name": "Điểm số 2"}),
)
TERMS = (
    ("term", "hai-han", {"late": "law"}),
    (
        "term",
        "diem",
        {"procedures": [COPY_OF_PAPER], "places": ["diem-1"], "limit": 16, "unit": "hour", "office_limit": 8},
    ),
)


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office on the intake page."""
    return open_window(office, "intake")


@public("a test enters rules")
def _enter(command: tuple[Any, ...], context: Context, work: Writing) -> None:
    lines = [
        {"kind": kind, "key": key, "value": value, "valid_from": day, "decision": "QĐ 1"}
        for kind, key, value, day in ((*rule, "2026-01-01")[:4] for rule in command)
    ]
    add_rules(map(read_rule, lines), context, work)
    work.commit()


def choose(window: MainWindow, office: OfficeSession, code: str) -> None:
    (line, *_rest) = office.read(find_procedures, FindProcedures(code))
    window.intake.form.choose_procedure(line)
    window.intake.live_preview.read()


def side_texts(window: MainWindow) -> str:
    return " ".join(part.text() for part in window.intake.side_panel.findChildren(QLabel))


def test_place_gives_its_own_term_and_both_limits_are_shown(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    office.write(_enter, (*PLACES, *TERMS))
    choose(window, office, COPY_OF_PAPER)
    wait_until_idle(window.runner)
    form, field = window.intake.form, window.intake.form.place
    assert [field.places.itemText(row) for row in range(field.places.count())] == [
        "Trụ sở cơ quan",
        "Điểm số 1",
        "Điểm số 2",
    ]
    assert "place" not in form.read() and "Hạn theo luật" not in side_texts(window)
    field.places.setCurrentIndex(1)
    field.places.activated.emit(1)
    window.intake.live_preview.read()
    wait_until_idle(window.runner)
    assert "Hạn theo luật: 16 giờ làm việc" in side_texts(window)
    assert "cơ quan hẹn sớm hơn. Tính trễ hạn theo luật." in side_texts(window)
    form.submitter.name.setText("Đặng Hữu Khoẵng")
    line = form.read()
    window.intake.save()
    wait_until_idle(window.runner)
    window.open_dossier(window.intake.last_code)
    wait_until_idle(window.runner)
    facts = window.dossier._facts.text()
    assert "Nơi nhận hồ sơ: Điểm số 1" in facts and "Mốc tính trễ hạn: " in facts and "Hẹn ban đầu" not in facts
    office.write(act_on_dossier, ActOnDossier(window.intake.last_code, Action.AMEND, sets=(("pages", "3"),), note="x"))
    office.write(act_on_dossier, ActOnDossier(window.intake.last_code, Action.VOID, note="Nhập nhầm"))
    again = office.read(get_reissue_line, GetReissueLine(window.intake.last_code))
    assert (again["place"], again["pages"]) == ("diem-1", 3)
    choose(window, office, COPY_OF_PAPER)
    wait_until_idle(window.runner)
    assert form.read()["place"] == "diem-1"
    form.clear()
    form.fill({**line, "place": "diem-2"}, None)
    choose(window, office, COPY_OF_PAPER)
    wait_until_idle(window.runner)
    assert form.read()["place"] == "diem-2"


def test_single_place_is_asked_only_where_a_rule_depends_on_it(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    office.write(_enter, (PLACES[0], *TERMS))
    offered = {}
    for code in (COPY_OF_PAPER, OTHER):
        choose(window, office, code)
        wait_until_idle(window.runner)
        offered[code] = window.intake.form.place.isVisible()
    assert offered == {COPY_OF_PAPER: True, OTHER: False}


def test_place_that_ended_is_refused_at_its_field(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    office.write(_enter, PLACES)
    choose(window, office, COPY_OF_PAPER)
    wait_until_idle(window.runner)
    field = window.intake.form.place
    field.places.setCurrentIndex(2)
    field.places.activated.emit(2)
    window.intake.form.submitter.name.setText("Đặng Hữu Khoẵng")
    office.write(_enter, (("receiving_place", "diem-2", {"name": "Điểm số 2", "active": False}, "2026-01-02"),))
    window.intake.save()
    wait_until_idle(window.runner)
    assert "Điểm số 1" in field.error
