"""Catalogue editing (SCENARIOS S8): versions, missing facts, successors."""

from datetime import date
from typing import Any

import pytest

from app.models.errors import Refusal
from app.usecases.catalogue.editing import (
    ListCatalogue,
    ProcedureHistory,
    SaveVersion,
    ShowProcedure,
    VersionStatus,
    list_catalogue,
    save_version,
    show_procedure,
)
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from app.wording.refusals import error_sentence
from tests.support.offices import MORNING, SAME_DAY, Desk, at

BIRTH = "1.001193"
COPY_ABROAD = "2.000884"


def history(desk: Desk, code: str = SAME_DAY, hour: Any = MORNING) -> ProcedureHistory:
    return desk.office.read(show_procedure, ShowProcedure(code), hour)


def save(desk: Desk, code: str = SAME_DAY, hour: Any = MORNING, keep: bool = False, **cells: str) -> ProcedureHistory:
    known = history(desk, code, hour)
    shown = known.shown
    assert shown is not None
    command = SaveVersion({**shown.cells, "valid_from": "", **cells}, known.latest, keep)
    return desk.office.write(save_version, command, hour)


def refused(code: str, call: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code and "{" not in error_sentence(caught.value)
    return caught.value


def test_missing_facts_are_marked(desk: Desk) -> None:
    lines = desk.office.read(list_catalogue, ListCatalogue(), MORNING)
    assert len(lines) == 487 and [line.code for line in lines] == sorted(line.code for line in lines)
    missing = {line.code: line.missing for line in lines}
    assert missing[SAME_DAY] == ()
    assert {word for words in missing.values() for word in words} == {"thời hạn", "phí", "giấy tờ"}
    matches = desk.office.read(list_catalogue, ListCatalogue("ks"), MORNING)
    assert BIRTH in [line.code for line in matches[:5]]
    (one,) = desk.office.read(list_catalogue, ListCatalogue("2.000.815"), MORNING)
    assert one.code == SAME_DAY
    assert desk.office.read(list_catalogue, ListCatalogue("xyz xyz"), MORNING) == ()


def test_version_shows_its_dossiers(desk: Desk) -> None:
    old = desk.take_in(term=None).code
    desk.act(desk.take_in(term=None).code, "finish")
    save(desk, fee_vnd="3000")
    after = save(desk, fee_vnd="5000", valid_from="2027-03-01")
    facts = [(v.version, v.standing, v.dossiers, v.running) for v in after.versions]
    assert facts == [(1, VersionStatus.PAST, 2, 2), (2, VersionStatus.CURRENT, 0, 0), (3, VersionStatus.COMING, 0, 0)]
    assert after.shown is not None and after.shown.cells["fee_vnd"] == "3000" and after.latest == 3
    assert desk.show(old).procedure.version == 1
    assert desk.take_in(at("2027-03-01T08:00"), term=None).fee == 5000
    (line,) = desk.office.read(list_catalogue, ListCatalogue(SAME_DAY), MORNING)
    assert (line.version, line.coming) == (2, date(2027, 3, 1))


def test_future_version_is_replaced_by_another_of_its_day(desk: Desk) -> None:
    save(desk, fee_vnd="5000", valid_from="2027-03-01")
    after = save(desk, fee_vnd="6000", valid_from="2027-03-01")
    assert [v.standing for v in after.versions] == [VersionStatus.CURRENT, VersionStatus.REPLACED, VersionStatus.COMING]
    assert desk.take_in(at("2027-03-01T08:00"), term=None).fee == 6000


def test_edit_before_a_coming_version_holds_on_its_day_too(desk: Desk) -> None:
    save(desk, fee_vnd="5000", valid_from="2027-03-01")
    after = save(desk, advice="Mang bản chính.", fee_vnd="3000")
    coming = [line.cells for line in after.versions if line.standing == VersionStatus.COMING]
    assert [(cells["fee_vnd"], cells["advice"]) for cells in coming] == [("5000", "Mang bản chính.")]
    after = save(desk, withdrawn="1", keep=True)
    assert [line.cells["withdrawn"] for line in after.versions if line.standing == VersionStatus.COMING] == ["1"]
    refused("procedure_withdrawn", lambda: desk.take_in(at("2027-03-01T08:00"), term=None))


def test_edit_that_does_not_fit_a_coming_version_is_refused(desk: Desk) -> None:
    save(desk, limit="9", unit="working_day", province_limit="")
    save(desk, province_limit="7", valid_from="2027-03-01")
    before = desk.rows("SELECT count(*) FROM procedure_version")
    refused("province_limit_longer", lambda: save(desk, limit="5"))
    assert desk.rows("SELECT count(*) FROM procedure_version") == before


def test_version_before_received_dossiers_is_refused(desk: Desk) -> None:
    desk.take_in(at("2026-02-05T08:00"), term=None)
    before = history(desk)
    refusal = refused("version_in_use", lambda: save(desk, fee_vnd="5000", valid_from="2026-02-03"))
    assert refusal.field == "valid_from" and "06/02/2026" in error_sentence(refusal)
    assert history(desk) == before
    save(desk, fee_vnd="5000", valid_from="2026-02-06")
    refusal = refused("version_before_current", lambda: save(desk, fee_vnd="7000", valid_from="2026-02-05"))
    assert "06/02/2026" in error_sentence(refusal)
    assert desk.take_in(at("2026-02-05T09:00"), term=None).fee == 2000
    assert desk.take_in(at("2026-02-06T09:00"), term=None).fee == 5000


def test_version_of_today_is_allowed_after_dossiers_of_today(desk: Desk) -> None:
    early = desk.take_in(term=None)
    save(desk, fee_vnd="5000")
    assert desk.show(early.code).procedure.version == 1
    assert desk.take_in(term=None).fee == 5000


def test_unchanged_or_outdated_version_is_refused(desk: Desk) -> None:
    refused("version_unchanged", lambda: save(desk))
    known = history(desk)
    assert known.shown is not None
    save(desk, fee_vnd="5000")
    late = SaveVersion({**known.shown.cells, "valid_from": "", "fee_vnd": "9000"}, known.latest)
    refused("version_meanwhile", lambda: desk.office.write(save_version, late, MORNING))
    assert history(desk).latest == 2


def test_invalid_cell_is_refused_with_its_column(desk: Desk) -> None:
    for column, text in (("fee_vnd", "nhiều"), ("steps", "x"), ("same_day_cutoff", "25:00"), ("withdrawn", "có thể")):
        known = history(desk)
        with pytest.raises(Refusal) as caught:
            save(desk, **{column: text})
        assert caught.value.field == column and history(desk) == known


def test_new_procedure_is_added(desk: Desk) -> None:
    cells = {"code": "3.000001", "name": "Đăng ký thử", "field": "Thử", "limit": "2", "unit": "working_day"}
    added = desk.office.write(save_version, SaveVersion(cells, 0), MORNING)
    assert [v.standing for v in added.versions] == [VersionStatus.CURRENT]
    assert desk.take_in(procedure="3.000001", term=None).due_at == at("2026-02-11T17:00")
    again = SaveVersion({**cells, "name": "Khác"}, 0)
    refused("version_meanwhile", lambda: desk.office.write(save_version, again, MORNING))
    refused("unknown_procedure", lambda: history(desk, "9.999999"))


def test_withdrawal_with_running_dossiers_needs_confirmation(desk: Desk) -> None:
    running = desk.take_in(term=None).code
    refusal = refused("procedure_has_open", lambda: save(desk, withdrawn="1"))
    assert refusal.values["count"] == 1
    save(desk, keep=True, withdrawn="1")
    refused("procedure_withdrawn", lambda: desk.take_in(term=None))
    assert SAME_DAY not in [
        line.code for line in desk.office.read(find_procedures, FindProcedures("sao y", 99), MORNING)
    ]
    desk.act(running, "finish")
    assert desk.act(running, "return").status == "returned"
    (line,) = desk.office.read(list_catalogue, ListCatalogue(SAME_DAY), MORNING)
    assert line.withdrawn and line.missing == ()
    save(desk, withdrawn="0", valid_from="2026-02-10")
    assert desk.take_in(at("2026-02-10T09:00"), term=None).due_at is not None


def test_superseded_code_leads_to_its_successor(desk: Desk) -> None:
    save(desk, withdrawn="1", superseded_by=COPY_ABROAD, valid_from="2026-03-02")
    desk.take_in(at("2026-03-01T08:00"), term=None)
    after = at("2026-03-02T08:00")
    matches = desk.office.read(find_procedures, FindProcedures(SAME_DAY), after)
    assert [(line.code, line.superseded_code) for line in matches] == [(COPY_ABROAD, SAME_DAY)]
    with pytest.raises(Refusal) as caught:
        desk.take_in(after)
    assert caught.value.code == "procedure_superseded" and COPY_ABROAD in error_sentence(caught.value)
    assert history(desk, COPY_ABROAD, after).replaces == (SAME_DAY,)


def test_successor_accepts_dossiers_and_forms_no_cycle(desk: Desk) -> None:
    refused("successor_unknown", lambda: save(desk, withdrawn="1", superseded_by="9.999999"))
    refused("successor_needs_withdrawal", lambda: save(desk, superseded_by=COPY_ABROAD))
    refused("successor_needs_withdrawal", lambda: save(desk, withdrawn="1", superseded_by=SAME_DAY))
    save(desk, withdrawn="1", superseded_by=COPY_ABROAD, valid_from="2027-01-01")
    other: Any = {"withdrawn": "1", "superseded_by": SAME_DAY}
    refused("successor_unknown", lambda: save(desk, COPY_ABROAD, **other))
    refused("successor_unknown", lambda: save(desk, COPY_ABROAD, **other, valid_from="2027-01-01"))
