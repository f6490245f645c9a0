"""Status line numbers, and procedure names in lists."""

from app.office.exchange.sync_export import export_bundle
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.dossiers.queries import CountWork, SearchDossiers, count_work, search_dossiers
from app.usecases.sync.status import SyncStatus, sync_status
from tests.support.offices import MORNING, SAME_DAY, Desk, at


def counted(desk: Desk, hour=MORNING):
    return desk.office.read(count_work, CountWork(), hour)


def test_status_line_counts_open_work(desk: Desk) -> None:
    first, second, third = (desk.take_in().code for _ in range(3))
    desk.act(second, "finish")
    desk.act(third, "finish")
    desk.act(third, "return")
    due = desk.show(first).due_at
    assert due is not None
    assert (counted(desk).late, counted(desk).today, counted(desk).to_return) == (0, 0, 1)
    assert (counted(desk, due).late, counted(desk, due).today) == (0, 1)
    assert (counted(desk, at("2026-06-01T08:00")).late, counted(desk, due).to_return) == (1, 1)


def test_status_line_counts_unsent_dossiers_like_sync(desk: Desk) -> None:
    first, _ = desk.take_in().code, desk.take_in().code
    assert counted(desk).waiting_sync == desk.office.read(sync_status, SyncStatus(), MORNING).waiting == 2
    export_bundle(desk.office, at=MORNING)
    assert counted(desk).waiting_sync == 0
    desk.act(first, "finish")
    assert counted(desk).waiting_sync == desk.office.read(sync_status, SyncStatus(), MORNING).waiting == 1


def test_list_shows_the_procedure_name_of_each_version(desk: Desk) -> None:
    table = "code\tname\tfield\tlimit\tunit\tvalid_from\n{}\t{}\tChứng thực\t1\tworking_day\t{}\n"
    old = desk.take_in().code
    lines = desk.office.read(search_dossiers, SearchDossiers("dao am"), MORNING)
    rewritten = table.format(SAME_DAY, "Chứng thực bản sao (sửa đổi)", "2026-02-10")
    desk.office.write(import_catalogue, ImportCatalogue(rewritten), MORNING)
    new = desk.take_in(at("2026-02-11T08:00")).code
    names = {line.code: line.procedure for line in desk.office.read(search_dossiers, SearchDossiers("dao am"), MORNING)}
    assert names == {old: lines[0].procedure, new: "Chứng thực bản sao (sửa đổi)"}
    assert lines[0].procedure != names[new]
