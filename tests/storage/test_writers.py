"""Long readings give way to units of work that write."""

from threading import Event, Thread

import pytest

from app.office.exchange.sync_export import export_bundle
from app.storage import writers
from app.storage.uow import reading, writing
from app.storage.writers import Writers
from tests.support.offices import Desk


def test_reading_waits_for_the_writer_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "_LONGEST_S", 60)
    begun, go_on, ended = Event(), Event(), Event()
    subject = Writers()

    def write() -> None:
        with subject.one_more():
            begun.set()
            go_on.wait(60)
            ended.set()

    thread = Thread(target=write)
    thread.start()
    assert begun.wait(60)
    reader = Thread(target=subject.give_way)
    reader.start()
    assert reader.is_alive() and not ended.is_set()
    go_on.set()
    reader.join(60)
    assert not reader.is_alive() and ended.is_set()
    thread.join(60)


def test_a_stream_of_writers_does_not_stop_a_reading() -> None:
    subject = Writers()
    with subject.one_more():
        subject.give_way()
    with pytest.raises(ZeroDivisionError), subject.one_more():
        raise ZeroDivisionError
    assert subject._number == 0


def test_export_gives_way_between_its_records(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    database, under_way = desk.office._database, list[int]()
    with writing(database), reading(database) as work:
        monkeypatch.setattr(Writers, "give_way", lambda self: under_way.append(self._number))
        work.give_way()
    assert under_way == [1]
    for _ in range(3):
        desk.take_in()
    assert export_bundle(desk.office).records == 3
    assert under_way[1:] == [0, 0, 0], "reading the rows, checking the records, writing the lines"
