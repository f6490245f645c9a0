"""Subprocess of `benchmarks.old_pc`: the window under work, or at rest.

Arguments: the task, the office's folder, the pretended time and a number. The answer is one JSON line.
"""

import json
import os
import runpy
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.window import MAIN

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, Qt
    from PySide6.QtGui import QFont

    from app.models.people import Person

WARM_INTAKES = 30
_PRINTER = "Máy in đo thử"
_SHORT_TIMER_MS = 1000
_PAINT_TURNS = 5
"""Turns of the event loop in which nested layouts come to rest."""
_SIZE = (1366, 728)
_LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY aáàảãạăâbcdđeêghiklmnoôơpqrstuưvxy 0123456789"
_ICON = "\U000f0349"
"""The magnifying glass of the icon font."""


def resident_mib() -> float:
    """Return the resident memory of this process, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Driver:
    """The open window, driven from its own event loop."""

    def __init__(self, printed: list[float]) -> None:
        from PySide6.QtWidgets import QApplication

        from app.ui.shell.window import MainWindow

        self.printed = printed
        self.window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        self._rng = Random(11)
        self._typed_at = 0
        self.until(lambda: self.window.guard is not None and self.window.prints.preloaded and self._has_pages())
        self.until(lambda: self.window.runner.idle)

    def _has_pages(self) -> bool:
        from app.ui.shell.window import DAILY_PAGES

        return self.window.pages.created.keys() >= set(DAILY_PAGES)

    def until(self, condition: Callable[[], bool]) -> None:
        """Process events until a condition holds."""
        from PySide6.QtCore import QCoreApplication, QEventLoop

        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def procedures(self) -> Sequence[Any]:
        """Return the procedures of the catalogue that need nothing else."""
        from app.usecases.catalogue.procedures import FindProcedures, find_procedures

        lines = self.window.runner.desk.read(find_procedures, FindProcedures(limit=200))
        return [line for line in lines if line.limit and line.fee is not None and not line.priced_per_page][:20]

    def take_in(self, procedure: Any, person: "Person | None" = None, rested: bool = False) -> float:
        """Accept and print a dossier; return milliseconds up to the printer.

        They end when it has the last paper. They begin at once after the filling, or with a `rested` form, which is
        checked and saved as a draft: 700 ms after the last key.
        """
        from PySide6.QtCore import Qt

        intake, before = self.window.intake, len(self.printed)
        self.fill(procedure, person, rested)
        begin = perf_counter()
        self._send_key(Qt.Key.Key_F9, "")

        def printed() -> bool:
            if intake.doubt_bar.isVisible() and not intake.saving:
                intake.confirm_doubts()
            return len(self.printed) > before

        self.until(printed)
        self.until(lambda: self.window.runner.idle)
        return (self.printed[-1] - begin) * 1000

    def fill(self, procedure: Any, person: "Person | None" = None, rested: bool = False) -> None:
        """Fill the form; with `rested`, wait until it is checked and a draft.

        That is 700 ms after the last key.
        """
        from benchmarks.people import invent_person, to_intake_line

        intake = self.window.intake
        self.window.go_to_page("intake")
        intake.form.choose_procedure(procedure)
        intake.form.submitter.fill(to_intake_line(person or invent_person(self._rng)))
        self.until(lambda: self.window.runner.idle)
        self._paint()
        if rested:
            self.until(lambda: self.window.runner.idle and not self._has_short_timer(intake))

    def in_data_lane(self, job: Callable[[], Any]) -> Any:
        """Run a job in the data lane and return its result."""
        results: list[Any] = []
        errors: list[Exception] = []

        def keep(error: Exception) -> bool:
            errors.append(error)
            return True

        self.window.runner.run_serial(job, results.append, activity="", on_error=keep)
        self.until(lambda: bool(results or errors))
        if errors:
            raise errors[0]
        return results[0]

    def _has_short_timer(self, part: "QObject") -> bool:
        from PySide6.QtCore import QTimer

        return any(each.isActive() and each.interval() < _SHORT_TIMER_MS for each in part.findChildren(QTimer))

    def _paint(self) -> None:
        """Lay out and paint the page, as a clerk sees it before the next key."""
        from PySide6.QtCore import QCoreApplication

        for _ in range(_PAINT_TURNS):
            QCoreApplication.processEvents()

    def take_in_card(self, person: "Person") -> float:
        """Scan a card, press Ctrl+1 and F9; return milliseconds to the printer.

        They begin with the last key of the scan.
        """
        from PySide6.QtCore import Qt

        intake, before, form = self.window.intake, len(self.printed), self.window.intake.form
        self.window.go_to_page("intake")
        self.until(lambda: self.window.runner.idle and bool(form.papers_part.frequent.lines))
        self._typed_at += 1000
        for character in _card_text(person):
            self._send_key(ord(character), character)
        begin = perf_counter()
        self._send_key(Qt.Key.Key_Return, "\r")
        self.until(lambda: form.submitter.id_number.text() == person.id_number)
        self._send_key(Qt.Key.Key_1, "", Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: form.chosen is not None)
        self._send_key(Qt.Key.Key_F9, "")

        def printed() -> bool:
            if intake.doubt_bar.isVisible() and not intake.saving:
                intake.confirm_doubts()
            return len(self.printed) > before

        self.until(printed)
        self.until(lambda: self.window.runner.idle)
        return (self.printed[before] - begin) * 1000

    def take_in_many(self, number: int) -> list[float]:
        """Accept and print dossiers; return the milliseconds of each."""
        procedures = self.procedures()
        return [self.take_in(procedures[index % len(procedures)]) for index in range(number)]

    def _send_key(self, key: int, text: str, modifiers: "Qt.KeyboardModifier | None" = None) -> None:
        """Send a key to the window, a millisecond after the one before.

        Not by QTest, whose library would count as memory of the program.
        """
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._typed_at += 1
            event = QKeyEvent(kind, key, modifiers or Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self._typed_at)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def scan(self, key: str) -> float:
        """Scan a key; return milliseconds to the painted dossier.

        The intake page is at rest. They begin with the last key and end once the page and all its parts are painted.
        """
        from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

        painted: list[float] = []
        self._typed_at += 1000
        dossier = self.window.dossier

        class PaintTimes(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and dossier.detail is not None and dossier.detail.key == key:
                    after_parts = QEvent(QEvent.Type.User)
                    QCoreApplication.postEvent(self, after_parts, Qt.EventPriority.HighEventPriority.value)
                return False

            def event(self, event: QEvent) -> bool:
                painted.append(perf_counter())
                return super().event(event)

        times = PaintTimes()
        self.window.go_to_page("intake")
        self.until(lambda: self.window.runner.idle)
        self._paint()
        dossier.installEventFilter(times)
        for character in key:
            self._send_key(ord(character), character)
        begin = perf_counter()
        self._send_key(Qt.Key.Key_Return, "\r")
        self.until(lambda: bool(painted))
        dossier.removeEventFilter(times)
        self.until(lambda: self.window.runner.idle)
        return (painted[0] - begin) * 1000


def _card_text(person: "Person") -> str:
    """Return the text of the QR code of a citizen's card."""
    year, month, day = (person.birth or "").split("-")
    gender = "Nam" if person.gender == "male" else "Nữ"
    return f"{person.id_number}||{person.name}|{day}{month}{year}|{gender}|{person.address}|02052021"


def memory(driver: Driver, number: int) -> dict[str, Any]:
    """Return the memory after a number of intakes."""
    driver.take_in_many(number)
    return {"mib": resident_mib()}


def leak(driver: Driver, number: int) -> dict[str, Any]:
    """Return the memory after the first and after all intakes."""
    driver.take_in_many(min(WARM_INTAKES, number))
    before = resident_mib()
    driver.take_in_many(number)
    return {"before": before, "after": resident_mib()}


def save(driver: Driver, number: int) -> dict[str, Any]:
    """Return the milliseconds of saves and of their limits, without the first.

    `times` are of rested forms, `limits` of their bare work, `at_once` of forms just filled. The limit is taken in the
    data lane beside a form that rests as well, in turn after the save and before it, then with the rows and drawings of
    the last dossier of the same procedure.
    """
    from benchmarks.measurement import WARM_ROUNDS, milliseconds
    from benchmarks.save_limit import SaveLimit, SaveRecorder

    recorder = driver.in_data_lane(lambda: SaveRecorder(driver.window.runner.desk))  # type: ignore[arg-type]
    recorded: dict[str, SaveLimit] = {}

    def save_form(procedure: Any, rested: bool) -> float:
        time = driver.take_in(procedure, rested=rested)
        code = driver.window.intake.last_code
        recorded[procedure.code] = driver.in_data_lane(lambda: recorder.record(procedure.code, code))
        return time

    def take_limit(procedure: Any) -> float:
        driver.fill(procedure, rested=True)
        bare = recorded.pop(procedure.code)
        time: float = driver.in_data_lane(lambda: milliseconds(bare.write_and_draw))
        return time

    rounds = list(islice(cycle(driver.procedures()), number + 3))
    at_once = [save_form(procedure, rested=False) for procedure in rounds][3:]
    times: list[float] = []
    limits: list[float] = []
    for index, procedure in enumerate(rounds):
        steps = [(times, partial(save_form, procedure, rested=True)), (limits, partial(take_limit, procedure))]
        for taken, step in steps if index % 2 or procedure.code not in recorded else reversed(steps):
            taken.append(step())
    return {"times": times[WARM_ROUNDS:], "limits": limits[WARM_ROUNDS:], "at_once": at_once}


def card(driver: Driver, number: int) -> dict[str, Any]:
    """Return the milliseconds of intakes by card, the first ones left out."""
    from benchmarks.people import invent_person

    procedure, rng = driver.procedures()[0], Random(12)
    people = [invent_person(rng) for _ in range(number + 3)]
    for person in people:  # from now on they are known, and Ctrl+1 is the usual procedure
        driver.take_in(procedure, person)
    return {"times": [driver.take_in_card(person) for person in people][3:]}


def scan(driver: Driver, number: int) -> dict[str, Any]:
    """Return the milliseconds of scans, the first ones left out."""
    with driver.window.runner.desk._database.read_engine.connect() as connection:  # type: ignore[attr-defined]
        statement = "SELECT key FROM dossier ORDER BY id DESC LIMIT ?"
        keys = [row[0] for row in connection.exec_driver_sql(statement, (number + 3,))]
    return {"times": [driver.scan(key) for key in keys][3:]}


def idle(driver: Driver, number: int) -> dict[str, Any]:
    """Return processor time, bytes written and short timers at rest."""
    from PySide6.QtCore import QTimer

    driver.window.runner.desk.backups.run_if_due()  # the backup of the day is no rest
    over = count()
    rested: list[int] = []
    before, written = os.times(), _bytes_written()
    QTimer.singleShot(number * 1000, driver.window, lambda: rested.append(next(over)))
    driver.until(lambda: bool(rested))
    after = os.times()
    timers = [timer.interval() for timer in driver.window.findChildren(QTimer) if timer.isActive()]
    return {
        "percent": 100 * (after.user + after.system - before.user - before.system) / number,
        "written": _bytes_written() - written,
        "short_timers": sorted(interval for interval in timers if interval < _SHORT_TIMER_MS),
    }


def _bytes_written() -> int:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))


TASKS: dict[str, Callable[[Driver, int], dict[str, Any]]] = {
    "memory": memory,
    "leak": leak,
    "save": save,
    "card": card,
    "scan": scan,
    "idle": idle,
}


def open_window(task: str, folder: str, now: str, number: int) -> None:
    """Start the program through its command line and run a task in it."""
    from PySide6.QtWidgets import QApplication

    from app.ui.printing import dispatch
    from app.ui.printing.job import PrintHandoff, PrintOutcome

    printed: list[float] = []

    def print_pdf(*_document: object) -> PrintHandoff:
        printed.append(perf_counter())
        return PrintHandoff(PrintOutcome.PRINTED, _PRINTER)

    def run(_application: object) -> int:
        driver = Driver(printed)
        print(json.dumps(TASKS[task](driver, number)), flush=True)
        driver.window.close()
        return 0

    setattr(dispatch, "print_pdf", print_pdf)  # noqa: B010  the printer itself is no part of the program
    setattr(QApplication, "exec", run)  # noqa: B010  replaces the event loop
    sys.argv = [str(MAIN), "--data", folder, "--now", now]
    runpy.run_path(str(MAIN), run_name="__main__")


def open_bare_window() -> None:
    """Answer with the memory of the libraries and a bare window alone.

    It has the size of the program's window, and one line of text in each face that the program's window paints.
    """
    import pypdfium2  # noqa: F401
    import reportlab.pdfgen.canvas  # noqa: F401
    import sqlalchemy.orm  # noqa: F401
    import sqlcipher3  # noqa: F401
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget

    from benchmarks.window import add_fonts

    application = QApplication(sys.argv[:1])
    add_fonts()
    window, content = QMainWindow(), QWidget()
    window.setCentralWidget(content)
    column = QVBoxLayout(content)
    for face, text in _faces():
        line = QLabel(text)
        line.setFont(face)
        column.addWidget(line)
    window.resize(*_SIZE)
    window.showMaximized()
    application.processEvents()
    print(json.dumps({"mib": resident_mib()}), flush=True)


def _faces() -> Iterator[tuple["QFont", str]]:
    """Yield the faces of the program's window, each with a text."""
    from PySide6.QtGui import QFont, QFontDatabase

    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold):
        yield QFont("Noto Sans", 11, weight), _LETTERS
    package = find_spec("qtawesome")
    assert package is not None and package.origin
    file = next((Path(package.origin).parent / "fonts").glob("materialdesignicons6*.ttf"))
    number = QFontDatabase.addApplicationFont(str(file))
    yield QFont(QFontDatabase.applicationFontFamilies(number)[0]), _ICON


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_window(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        open_bare_window()
