"""Acts over several files of a real office: what each must leave behind.

An act runs in a scene, a folder with the office and all that the command reads and writes. After a fault the scene is
opened again; what was answered must be done, what was not answered must be done or undone completely.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from pathlib import Path

import pypdfium2

from app.bootstrap import create_office, open_office, restore
from app.keys.credentials import UnlockCredentials
from app.models.errors import Fault, Refusal
from app.office.session import OfficeSession
from app.storage.database import key_fits
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.office.succession import ListFormerOffices, list_former_offices
from tests.faults.office_kinds import REAL
from tests.faults.processes import Child, ForkServer
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD

NEW_PASSWORD = "Mưa rào tháng sáu 6"
SUCCESSOR = OFFICE.replace("UBND xã Thử Nghiệm", "UBND xã Kế Tiếp")
_FIRST_SKIPPED_NUMBER = 1000
_NOT_STARTED = ("database_missing", "database_gone", "keys_missing")


@dataclass(frozen=True)
class Scene:
    """Folder of an act, with what its template had before.

    `recovery` and `database_key` are those of the office before the act, `epoch` that of its backup.
    """

    root: Path
    recovery: str
    database_key: bytes
    epoch: str

    @property
    def office(self) -> Path:
        """Folder of the office."""
        return self.root / "office"

    @property
    def backup(self) -> Path:
        """The backup of the office."""
        (file,) = (self.root / "usb").iterdir()
        return file

    def at(self, root: Path) -> "Scene":
        """Return the same scene in another folder."""
        return replace(self, root=root)


@dataclass(frozen=True)
class Act:
    """A command and its check.

    `defects` receives the scene and whether the command answered. `vital_file` is a pattern of the file without whose
    sync the act loses data. `without_office`: the act starts on a new machine.
    """

    name: str
    words: Callable[[Scene], Sequence[object]]
    defects: Callable[[Scene, bool], Iterator[str]]
    vital_file: str
    without_office: bool = False

    def copy(self, template: Scene, root: Path) -> Scene:
        """Copy the template to a new folder and return the scene there."""
        shutil.copytree(template.root, root)
        if self.without_office:
            shutil.rmtree(root / "office")
            (root / "office").mkdir()
        return template.at(root)

    def fork(self, server: ForkServer, scene: Scene, **pragmas: object) -> Child:
        """Fork the command; the caller starts it."""
        child = server.fork(("--data", scene.office, "--json", "--user", ADMIN, *self.words(scene)), **pragmas)
        child.feed(b"")
        return child


def make_template(root: Path) -> Scene:
    """Create the office of all acts, with one dossier and a backup."""
    created = create_office(root / "office", OFFICE, False, None, PASSWORD, HASH_COST)[1]
    with REAL.open_desk(root / "office") as desk:
        desk.take_in(REAL.now)
        ((epoch,),) = desk.rows("SELECT value FROM setting WHERE name = 'epoch'")
        desk.office.back_up(root / "usb")
        assert desk.office.keys is not None
        key = desk.office.keys.key
    for name, text in (
        ("recovery.txt", created.recovery_key),
        ("new.txt", NEW_PASSWORD),
        ("successor.toml", SUCCESSOR),
    ):
        (root / name).write_text(text, encoding="utf-8")
    (root / "out").mkdir()
    return Scene(root, created.recovery_key, key, str(epoch).strip('"'))


_copies = count()


def opened(scene: Scene, password: str = PASSWORD, recovery: str = "") -> "OfficeSession | str":
    """Open the office of a scene; return the code of a refusal."""
    try:
        return open_office(scene.office, ADMIN, None, password, recovery)
    except (Refusal, Fault) as error:
        return error.code


def _sound(scene: Scene, password: str = PASSWORD, recovery: str = "") -> Iterator[str]:
    """Yield why the office cannot be opened, or what its check finds."""
    office = opened(scene, password, recovery)
    if isinstance(office, str):
        yield f"not opened: {office}"
        return
    with closing(office):
        if not recovery:
            yield from (finding.message for finding in office.read(check_office, CheckOffice()).findings)
    yield from _leftovers(scene)


def _leftovers(scene: Scene) -> Iterator[str]:
    """Yield the unfinished files that an opening has to remove."""
    names = ("restore.json", "motcua.restored.db", "keys.new.json", "office.new.toml")
    yield from (f"left: {name}" for name in names if (scene.office / name).exists())


def _is_open(scene: Scene, password: str = PASSWORD, recovery: str = "") -> bool:
    office = opened(scene, password, recovery)
    if isinstance(office, str):
        return False
    office.close()
    return True


def restored(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a restore."""
    office = opened(scene)
    if isinstance(office, str):
        if answered or office not in _NOT_STARTED:
            yield f"not opened: {office}"
        return
    office.close()
    with REAL.open_desk(scene.office) as desk:
        ((epoch,),) = desk.rows("SELECT value FROM setting WHERE name = 'epoch'")
        number = int(desk.take_in(REAL.now).code[-4:])
        yield from (finding.message for finding in desk.check(REAL.now).findings)
    is_new = scene.epoch not in str(epoch)
    if answered and not is_new:
        yield "answered, but the epoch of the backup goes on"
    if is_new and number < _FIRST_SKIPPED_NUMBER:
        yield f"number {number} may have been issued before"
    yield from _leftovers(scene)


def key_changed(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a change of the database key."""
    yield from _sound(scene)
    if answered and key_fits(scene.office / "motcua.db", scene.database_key):
        yield "answered, but the former key opens the database"


def recovery_key_changed(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a new recovery page."""
    yield from _sound(scene)
    page = scene.root / "out" / "page.pdf"
    printed = page_key(page.read_bytes()) if page.exists() else ""
    former_opens, new_opens = _is_open(scene, "", scene.recovery), bool(printed) and _is_open(scene, "", printed)
    if answered and (former_opens or not new_opens):
        yield f"answered, but the former key opens: {former_opens}, the new one: {new_opens}"
    if not (former_opens or new_opens):
        yield "no recovery key opens the office"


def page_key(pdf: bytes) -> str:
    """Return the recovery key of a page; empty for an incomplete file."""
    try:
        text = pypdfium2.PdfDocument(BytesIO(pdf))[0].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return ""
    groups = [word for word in text.split() if re.fullmatch("[0-9A-Z]{5}", word)]
    return "-".join(groups[:8])


def password_changed(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a changed password."""
    is_new = _is_open(scene, NEW_PASSWORD)
    yield from _sound(scene, NEW_PASSWORD if is_new else PASSWORD)
    if answered and not is_new:
        yield "answered, but the new password does not open the office"
    if is_new and _is_open(scene, PASSWORD):
        yield "both passwords open the office"


def succeeded(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a succession."""
    yield from _sound(scene)
    office = opened(scene)
    if isinstance(office, str):
        return
    with closing(office):
        formers = office.read(list_former_offices, ListFormerOffices())
        name = office.facts.office.name
    if bool(formers) != (name == "UBND xã Kế Tiếp"):
        yield f"the office file is of {name}, the register knows {len(formers)} former offices"
    if answered and not formers:
        yield "answered, but there is no former office"


def backed_up(scene: Scene, answered: bool) -> Iterator[str]:
    """Yield the defects of a backup."""
    yield from _sound(scene)
    files = list((scene.root / "out").glob("*.mcbackup"))
    if answered and not files:
        yield "answered, but there is no backup"
    for file in files:
        checked = scene.root / f"checked-{next(_copies)}"
        try:
            restore(checked, file, True, UnlockCredentials(recovery=scene.recovery))
        except (Refusal, Fault) as error:
            yield f"the backup is not sound: {error.code}"


def _with_recovery(*words: object) -> Callable[[Scene], Sequence[object]]:
    return lambda scene: (*words, "--recovery-key", scene.root / "recovery.txt")


def _restore_words(scene: Scene) -> Sequence[object]:
    return ("restore", scene.backup, "--recovery-key", scene.root / "recovery.txt")


_NEW_DATABASE, _KEYS = r"/motcua\.new\.db$", r"/keys\.json\.part$"
ACTS = {
    act.name: act
    for act in (
        Act("restore-new", _restore_words, restored, _NEW_DATABASE, without_office=True),
        Act("restore-same", _restore_words, restored, _NEW_DATABASE),
        Act("keys-change", _with_recovery("keys", "change"), key_changed, r"/keys\.new\.json\.part$"),
        Act(
            "keys-recovery",
            lambda scene: (*_with_recovery("keys", "recovery")(scene), "--out", scene.root / "out" / "page.pdf"),
            recovery_key_changed,
            r"/page\.pdf\.part$",
        ),
        Act("password", lambda scene: ("users", "password", "--new", scene.root / "new.txt"), password_changed, _KEYS),
        Act(
            "succession",
            lambda scene: (
                *("office", "succeed", scene.root / "successor.toml"),
                *("--decision", "12/QĐ", "--from", "2026-01-05"),
            ),
            succeeded,
            r"/office\.toml\.part$",
        ),
        Act("backup", lambda scene: ("backup", "--to", scene.root / "out"), backed_up, r"\.mcbackup$"),
    )
}
