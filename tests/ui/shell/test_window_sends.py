"""The real window sends to the real receiver by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtNetwork import QNetworkInformation

from app.office.exchange.receiver_join import join_receiver
from app.services.sending.progress import Urgency
from app.ui.shell import sync_watch
from app.ui.shell.window import MainWindow, build_window
from app.usecases.sync.send import RecordTrouble, record_trouble
from app.usecases.sync.status import GetIdentity, SyncStatus, get_identity, sync_status
from tests.hub.test_service import service_process
from tests.support.offices import Desk, desk_session
from tests.support.postgres_server import Hub

pytestmark = pytest.mark.posix


@pytest.fixture
def joined(hub: Hub, training_folder: Path, tmp_path: Path) -> Iterator[tuple[Path, Callable[[], Any]]]:
    """A training office that joined an empty receiver, and a way to serve it."""
    card = tmp_path / "card.toml"

    @contextmanager
    def served() -> Iterator[None]:
        with service_process(hub) as (_process, address):
            hub.run("card", "--out", card, "--address", address)
            with desk_session(training_folder) as desk:
                join_receiver(desk.office, card, None)
                identity = desk.office.read(get_identity, GetIdentity())
            hub.run("enrol", identity.public_key, "--agency", identity.agency_code)
            yield

    yield training_folder, served


@contextmanager
def shown(desk: Desk, qtbot: Any) -> Iterator[MainWindow]:
    """Show the window of an office and wait until it works."""
    window = build_window(desk.office)
    window.show()
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.sync_watch is not None and window.runner.idle, timeout=60_000)
    try:
        yield window
    finally:
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)


def confirmed(desk: Desk) -> int:
    return int(desk.office.read(sync_status, SyncStatus()).confirmed)


def test_sends_a_minute_after_the_start(
    translated_app: Any, joined: Any, hub: Hub, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The minute is shortened, and an earlier try ends the spread."""
    monkeypatch.setattr(sync_watch, "_FIRST_MS", 50)
    folder, served = joined
    with served(), desk_session(folder) as desk:
        desk.take_in()
        desk.office.write(record_trouble, RecordTrouble("receiver_busy", chance=0.0), desk.office.now())
        with shown(desk, qtbot):
            qtbot.waitUntil(lambda: confirmed(desk) == 1, timeout=60_000)
    assert hub.rows("SELECT count(*) FROM dossier") == [(1,)]


def test_sends_when_the_network_appears(translated_app: Any, joined: Any, hub: Hub, qtbot: Any) -> None:
    folder, served = joined
    with served(), desk_session(folder) as desk:
        desk.take_in()
        desk.office.write(record_trouble, RecordTrouble("no_network"), desk.office.now())
        with shown(desk, qtbot) as window:
            assert window.sync_watch is not None
            window.sync_watch.send_if_due()
            qtbot.waitUntil(lambda: window.runner.idle)
            assert confirmed(desk) == 0
            network = window.sync_watch._network
            if isinstance(network, QNetworkInformation):
                network.reachabilityChanged.emit(QNetworkInformation.Reachability.Online)
            else:
                window.sync_watch._on_network()
            qtbot.waitUntil(lambda: confirmed(desk) == 1, timeout=60_000)
    assert hub.rows("SELECT count(*) FROM dossier") == [(1,)]


def test_sends_before_it_closes(translated_app: Any, joined: Any, hub: Hub, qtbot: Any) -> None:
    folder, served = joined
    with served(), desk_session(folder) as desk:
        with shown(desk, qtbot) as window:
            code = desk.take_in().code
            assert not window.close() and window.isVisible()
            qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
        assert hub.rows("SELECT code FROM dossier") == [(code,)]
        assert confirmed(desk) == 1


def test_closes_at_once_if_nothing_waits_or_asked_twice(translated_app: Any, joined: Any, qtbot: Any) -> None:
    folder, served = joined
    with served(), desk_session(folder) as desk:
        window = build_window(desk.office)
        window.show()
        window.start_deferred_work()
        qtbot.waitUntil(lambda: window.sync_watch is not None and window.runner.idle, timeout=60_000)
        assert window.close() and not window.isVisible()
        with shown(desk, qtbot) as again:
            desk.take_in()
            assert not again.close()
            assert again.close() and not again.isVisible()


def test_receiver_that_does_not_answer_keeps_no_window_open(translated_app: Any, joined: Any, qtbot: Any) -> None:
    folder, served = joined
    with served():
        pass
    with desk_session(folder) as desk, shown(desk, qtbot) as window:
        desk.take_in()
        assert not window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
        assert desk.office.read(sync_status, SyncStatus()).trouble == "no_network"


@pytest.mark.parametrize(("days", "urgency"), [(2, Urgency.NONE), (3, Urgency.AMBER), (7, Urgency.RED)])
def test_status_line_turns_amber_then_red(
    translated_app: Any, training_folder: Path, qtbot: Any, days: int, urgency: Urgency
) -> None:
    from datetime import timedelta

    with desk_session(training_folder) as desk:
        desk.take_in()
        begin = desk.office.now() - timedelta(days=days, minutes=1)
        desk.office.write(record_trouble, RecordTrouble("no_network"), begin)
        with shown(desk, qtbot) as window:
            assert window.sync_watch is not None
            window.sync_watch.send_if_due()
            qtbot.waitUntil(lambda: window.runner.idle)
            expected = "" if urgency == Urgency.NONE else f"Chưa gửi được {days} ngày"
            assert window.status.text("silence") == expected
