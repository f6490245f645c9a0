"""Benchmarks: subjects, offices and output; no time is judged here."""

import json
import tempfile
from contextlib import ExitStack

import pytest

from app.models.enums import Status
from app.models.figures import preset_period
from app.services.acts.replay import replay_events
from app.services.dossier_detail import ShowDossier
from app.services.reporting.query import ReportQuery
from app.storage import dossiers, integrity
from app.storage.uow import reading
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.intake.accept import accept_dossier
from app.usecases.reporting.tables import make_report
from benchmarks.desk import commands_of, keys_of, show_dossier
from benchmarks.generator import NOW
from benchmarks.measurement import WARM_ROUNDS, Measurement, Pairs, measure_interleaved
from benchmarks.offices import Offices, generated_office, offices_folder, open_desk, temporary_copy
from benchmarks.run import FULL, PROMISES, QUICK, main
from benchmarks.save_limit import SaveRecorder
from benchmarks.statements import RowReplay, record_statements, replay
from hub.trial.postgres import server_binaries
from tests.support.pdf_reading import pages, pdf_text

LARGE, SMALL = 300, 60
RECEIVER = ("ingest", "ingest_http", "again", "hub_06a")
"""Benchmarks that need PostgreSQL."""
OLD_PC = ("memory", "cli_start", "save_and_print", "card_to_paper", "scan_screen", "leak", "idle")
"""Benchmarks that start the program."""
KEYS = ["name", "value", "unit", "limit", "ratio", "budget", "p99", "size"]


@pytest.fixture(scope="module", autouse=True)
def _kept_here(tmp_path_factory):
    """Put generated offices into the temporary folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("offices")))
        yield


@pytest.fixture
def desk():
    with open_desk(generated_office(LARGE)) as desk:
        yield desk


def test_benchmark_names_match_the_interface() -> None:
    desk = ["scan", "accept", "papers", "search"]
    reports = ["report_year", "report_month", "report_procedure", "figure_list", "quarter_files"]
    tables = ["report_as_of", "import", "reconcile"]
    others = ["start", *OLD_PC, "growth", "encryption", "beside", "export", "export_beside"]
    assert list(PROMISES) == [*desk, *reports, *tables, *others, *RECEIVER]
    assert (FULL, QUICK) == ((1_000_000, 50_000), (50_000, 2_500))


@pytest.mark.parametrize("name", RECEIVER)
def test_receiver_is_measured_on_its_own_database(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if server_binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    assert main([name, "--json"], sizes=(LARGE, SMALL), rounds=2) in (0, 1)
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(line) == KEYS and line["name"] == name and line["size"] > 0
    assert line["value"] > 0 and line["limit"] > 0 and line["ratio"] > 0


@pytest.mark.parametrize("name", [name for name in PROMISES if name not in ("start", *OLD_PC, *RECEIVER)])
def test_json_keys_match_the_interface(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main([name, "--json"], sizes=(LARGE, SMALL), rounds=4)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status in (0, 1) and [list(line) for line in lines] == [KEYS]
    assert (
        lines[0]["name"] == name
        and lines[0]["unit"] == ("/s" if name == "import" else "ms")
        and lines[0]["size"] in (LARGE, SMALL)
    )
    assert lines[0]["value"] > 0 and lines[0]["limit"] > 0 and lines[0]["ratio"] > 0
    assert (lines[0]["p99"] is not None) == (name in ("scan", "search", "export_beside", "figure_list"))


@pytest.mark.posix  # they read /proc
@pytest.mark.parametrize("name", OLD_PC)
def test_program_is_measured_in_its_own_process(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--json"], sizes=(LARGE, SMALL), rounds=4) in (0, 1)
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    units = {"memory": "MiB", "leak": "MiB", "idle": "%"}
    assert list(line) == KEYS and line["name"] == name and line["unit"] == units.get(name, "ms")
    assert line["value"] > 0 and line["limit"] > 0 and line["ratio"] > 0


def measurement(ratio: float, p99: float | None = None) -> Measurement:
    return Measurement("scan", 3.0, 2.0, ratio, 2.5, 300, p99=p99, p99_budget=10, notes=("nói thêm",))


@pytest.mark.parametrize(
    ("measured", "status"),
    [
        (measurement(2.5, 10), 0),
        (measurement(2.51, 1), 1),
        (measurement(1, 10.1), 1),
        (measurement(1), 0),
        (measurement(3), 1),
    ],
)
def test_exit_status_reports_missed_limits(
    measured: Measurement, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--json"], promises={"scan": lambda _: measured, "other": lambda _: measurement(1)}) == status
    out, warnings = capsys.readouterr()
    assert len(out.splitlines()) == 2 and "nói thêm" in warnings
    assert ("Quá mức: scan" in warnings) is bool(status)


def test_text_output_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan"], promises={"scan": lambda _: measurement(1.5, 4)})
    head, line = capsys.readouterr().out.splitlines()
    assert len(head) <= 100 and len(line) <= 100
    assert line.split() == ["scan", "3.000", "2.000", "ms", "1.50", "2.5", "4.00", "300"]


def test_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["scam"])
    assert end.value.code == 2 and "report_year" in capsys.readouterr().err


def test_rounds_are_interleaved_and_warm_up_rounds_are_dropped() -> None:
    order: list[str] = []
    pairs = measure_interleaved(
        (lambda: order.append("limit"), lambda: order.append("ours")) for _ in range(WARM_ROUNDS + 3)
    )
    assert order == ["limit", "ours"] * (WARM_ROUNDS + 3)
    assert len(pairs.limits) == len(pairs.ours) == 3


def test_ratio_is_taken_pair_by_pair() -> None:
    slow_moment = Pairs((1.0, 10.0, 2.0), (2.0, 20.0, 4.0))
    assert (slow_moment.limit, slow_moment.value, slow_moment.ratio) == (2.0, 4.0, 2.0)


def test_office_is_generated_once_outside_the_repository() -> None:
    first = generated_office(SMALL)
    modified_at = first.stat().st_mtime_ns
    assert generated_office(SMALL) == first and first.stat().st_mtime_ns == modified_at
    assert first.parent == offices_folder() and not list(offices_folder().glob("growing-*"))


def test_generated_state_matches_the_replayed_events(desk) -> None:
    with reading(desk.database) as work:
        rows = {row.id: row for row in integrity.all_dossiers(work)}
        lives: dict[int, list[object]] = {}
        for event in integrity.events_by_dossier(work):
            lives.setdefault(event.dossier_id, []).append(event)
    assert len(rows) == len(lives) == LARGE
    assert {number: replay_events(lives[number]) for number in lives} == {
        number: dossiers.state_of(row) for number, row in rows.items()
    }


def test_generated_dossiers_have_varied_outcomes(desk) -> None:
    with reading(desk.database) as work:
        rows = list(integrity.all_dossiers(work))
    assert {row.outcome for row in rows} >= {None, Status.FINISHED, Status.WITHDRAWN}
    assert len({row.field for row in rows}) == 20 and any(row.winding for row in rows)
    assert max(row.received_at for row in rows) < NOW


def test_generated_office_answers_queries(desk) -> None:
    sheet = desk.office.read(show_dossier, ShowDossier(next(keys_of(desk, LARGE))))
    assert sheet.steps and sheet.deadline
    lines = desk.office.read(search_dossiers, SearchDossiers(sheet.applicant["name"], 1000))
    assert sheet.code in [line.code for line in lines]
    report = desk.office.read(make_report, ReportQuery("06a", *preset_period("year", NOW.date())))
    assert report.checks == () and report.table.total["received"] > 0


def test_scan_limit_replays_the_same_statements(desk) -> None:
    show = ShowDossier(next(keys_of(desk, LARGE)))
    with record_statements(desk.database.read_engine) as statements:
        desk.office.read(show_dossier, show)
    with record_statements(desk.database.read_engine) as again:
        replay(desk, statements)
    assert len(statements) >= 5 and again == statements


def test_intake_limit_writes_the_same_number_of_rows() -> None:
    counts = {
        name: f"SELECT count(*) FROM {name}" for name in ("dossier", "party", "dossier_paper", "event", "outbox")
    } | {"numbers given": "SELECT sum(value) FROM counter"}

    def counted(desk) -> dict[str, int]:
        with desk.database.read_engine.connect() as connection:
            return {name: connection.exec_driver_sql(sql).scalar() for name, sql in counts.items()}

    with ExitStack() as stack:
        desk = Offices(LARGE, SMALL, 1, stack).writable(SMALL)
        before = counted(desk)
        with record_statements(desk.database.write_engine) as statements:
            desk.office.write(accept_dossier, next(commands_of(desk)))
        ours = counted(desk)
        RowReplay(statements).write(desk)
        limit = counted(desk)
    assert {name: ours[name] - before[name] for name in counts} == {name: limit[name] - ours[name] for name in counts}
    assert ours["dossier"] == before["dossier"] + 1


def test_limit_of_a_save_is_one_dossier_written_and_its_papers_drawn() -> None:
    with ExitStack() as stack:
        desk = Offices(LARGE, SMALL, 1, stack).writable(SMALL)
        recorder = SaveRecorder(desk.office)
        accepted = desk.office.write(accept_dossier, next(commands_of(desk)))
        limit = recorder.record(next(commands_of(desk)).procedure, accepted.code)
        with reading(desk.database) as work:
            before = dossiers.count_dossiers(work)
        receipt, slip = limit.write_and_draw()
        with reading(desk.database) as work:
            assert dossiers.count_dossiers(work) == before + 1
    assert accepted.code in pdf_text(receipt) and accepted.code in pdf_text(slip)
    assert len(pages(receipt)) == 2


def test_writes_are_measured_on_a_copy() -> None:
    with temporary_copy(generated_office(SMALL)) as copy, open_desk(copy) as desk:
        desk.office.write(accept_dossier, next(commands_of(desk)))
        with reading(desk.database) as work:
            assert dossiers.count_dossiers(work) == SMALL + 1
    assert not copy.exists()
    with open_desk(generated_office(SMALL)) as original, reading(original.database) as work:
        assert dossiers.count_dossiers(work) == SMALL
