"""Attempts to bring a made-up file into a real office, one by one.

The attacker can write the data folder, or hands over a backup, but has no password, no recovery key, no vault and not
the user's profile. Each attempt is refused with the named code, or the made-up file is ignored: the office opens with
its own identity and dossiers. No attempt changes a file outside the folder.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.bootstrap import create_office, open_office
from app.keys.key_file import read_key_file
from app.storage.files.backup_file import SEAL_FILE, SIGNATURE_FILE
from tests.cli.forgery import (
    COLLEAGUE,
    COLLEAGUE_PASSWORD,
    ForgedOffice,
    RealOffice,
    make_real_office,
    new_machine,
    nothing_installed,
    read_members,
    write_members,
)
from tests.support.offices import ADMIN, OFFICE, PASSWORD, desk_session, machine_now, use_profile

pytestmark = pytest.mark.posix
OPENS = ""
"""The made-up file is ignored or replaced."""
ENDLESS = Path("/dev/zero")
SECOND = {"MOTCUA_SECOND_PASSWORD": COLLEAGUE_PASSWORD}


class Scene(NamedTuple):
    """What an attacker has: the folder and files of other offices.

    `yesterday` is the folder with one dossier less, `sibling` another office of the same people with the same
    passwords, `forged` an office sealed for the keys of the real one. `precious` is a file outside the folder.
    """

    folder: Path
    yesterday: Path
    sibling: RealOffice
    forged: ForgedOffice
    precious: Path

    def put(self, name: str, content: bytes | str) -> None:
        """Write a file of the folder."""
        self.folder.joinpath(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def copy(self, source: Path, *names: str) -> None:
        """Copy files of another folder over those of the office."""
        for name in names:
            shutil.copy(source / name, self.folder / name)

    def instead(self, name: str, make: Callable[[Path], object]) -> None:
        """Replace a file by something else of the same name."""
        file = self.folder / name
        file.unlink(missing_ok=True)
        make(file)

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a text in a file."""
        text = self.folder.joinpath(name).read_text(encoding="utf-8")
        assert old in text
        self.put(name, text.replace(old, new, 1))

    def intend(self, **changes: Any) -> None:
        """Write the record of a restore."""
        record = {"format": "motcua-install", "stamp": "x", "keys": False, "discard": False}
        self.put("restore.json", json.dumps({**record, **changes}))

    def marked(self, **changes: Any) -> None:
        """Change fields of the mark."""
        mark = json.loads(self.folder.joinpath("motcua.seen").read_bytes())
        self.put("motcua.seen", json.dumps({**mark, **changes}))


@pytest.fixture(scope="module")
def others(template: RealOffice, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    place = tmp_path_factory.mktemp("made-up")
    with pytest.MonkeyPatch.context() as environment:
        use_profile(environment, place / "state")
        yesterday = Path(shutil.copytree(template.folder, place / "yesterday"))
        open_office(yesterday, ADMIN, None, PASSWORD).close()
        sibling = make_real_office(place / "sibling")
    precious = place / "precious"
    precious.write_bytes(b"precious" * 100)
    return Scene(template.folder, yesterday, sibling, ForgedOffice(place / "forged", template.keys), precious)


@pytest.fixture
def scene(real: RealOffice, others: Scene) -> Scene:
    """The office on its machine, one dossier after `yesterday`."""
    with desk_session(real.folder, ADMIN) as desk:
        desk.take_in(machine_now())
    return others._replace(folder=real.folder)


def _link_to_other(scene: Scene, name: str) -> None:
    scene.instead(name, lambda file: file.symlink_to(scene.precious))


def _hard_link_to_other(scene: Scene, name: str) -> None:
    scene.instead(name, lambda file: os.link(scene.precious, file))


def _endless(scene: Scene, name: str) -> None:
    scene.instead(name, lambda file: file.symlink_to(ENDLESS))


def _loop(scene: Scene, name: str) -> None:
    scene.instead(name, lambda file: file.symlink_to(file))


def _pipe(scene: Scene, name: str) -> None:
    scene.instead(name, os.mkfifo)


def _folder(scene: Scene, name: str) -> None:
    scene.instead(name, lambda file: (file / "x").mkdir(parents=True))


def _huge(scene: Scene, name: str) -> None:
    scene.put(name, b"[" + b"1," * 3_000_000 + b"1]")


UNREACHABLE, LINKED = "folder_unreachable", "file_linked"
STRANGE_THINGS: dict[Callable[[Scene, str], None], dict[str, str]] = {
    _link_to_other: {
        **{"motcua.seen": OPENS, "keys.json.part": OPENS, "tries.json": OPENS, "update.json": OPENS},
        **{"keys.json": "keys_damaged", "office.toml": "office_file_lost", "restore.json": "restore_interrupted"},
        **{"motcua.db-wal": LINKED, "motcua.db-shm": LINKED, "motcua.db-journal": LINKED},
        **{"motcua.db": "database_damaged"},
        **{"keys.lock": OPENS, "turn.lock": OPENS, "motcua.restored.db": OPENS, "office.new.toml": OPENS},
    },
    _hard_link_to_other: {
        **{"motcua.seen": OPENS, "keys.json.part": OPENS, "tries.json.part": OPENS, "keys.json": "keys_damaged"},
        **{"keys.new.json": OPENS, "motcua.db": "database_damaged", "office.new.toml": OPENS, "turn.lock": OPENS},
        **{"motcua.db-wal": LINKED, "motcua.db-shm": LINKED, "motcua.db-journal": LINKED},
    },
    _endless: {
        **{"motcua.seen": OPENS, "tries.json": OPENS, "machine.toml": OPENS, "update.json": OPENS},
        **{"keys.json": UNREACHABLE, "office.toml": "office_file_lost", "restore.json": UNREACHABLE},
    },
    _loop: {"motcua.seen": OPENS, "keys.json": "keys_missing", "motcua.db": "database_gone"},
    _pipe: {
        **{"motcua.seen": OPENS, "tries.json": OPENS, "machine.toml": OPENS, "update.json": OPENS},
        **{"keys.json": UNREACHABLE, "office.toml": "office_file_lost", "restore.json": UNREACHABLE},
        **{"motcua.db": "database_gone", "keys.new.json": OPENS, "motcua.restored.db": OPENS},
    },
    _folder: {
        **{"motcua.seen": OPENS, "tries.json": OPENS, "machine.toml": OPENS, "keys.new.json": OPENS},
        **{"keys.json": UNREACHABLE, "office.toml": "office_file_lost", "motcua.db": "database_gone"},
        **{"restore.json": UNREACHABLE, "update.json": OPENS, "motcua.db-wal": UNREACHABLE},
        **{"motcua.restored.db": UNREACHABLE, "office.new.toml": UNREACHABLE},
    },
    _huge: {
        "motcua.seen": OPENS,
        "tries.json": OPENS,
        "keys.json": "keys_damaged",
        "restore.json": "restore_interrupted",
    },
}


def answer_of(scene: Scene, motcua: Any) -> str:
    """Return the code of the refusal; verify the office where it opens."""
    answer = motcua("--data", scene.folder, "check")
    assert "Lỗi của chương trình" not in motcua.err
    assert scene.precious.read_bytes() == b"precious" * 100
    if isinstance(answer, str):
        return answer
    assert answer["ok"], answer
    with desk_session(scene.folder, ADMIN) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(3,)]
    return OPENS


def _name_of(thing: Any) -> str:
    return getattr(thing, "__name__", str(thing)).strip("_").replace("_", " ")


@pytest.mark.parametrize(
    ("make", "name", "expected"),
    [(make, name, code) for make, names in STRANGE_THINGS.items() for name, code in names.items()],
    ids=_name_of,
)
def test_strange_thing_in_place_of_a_file(
    scene: Scene, motcua: Any, make: Callable[[Scene, str], None], name: str, expected: str
) -> None:
    make(scene, name)
    assert answer_of(scene, motcua) == expected
    if expected == OPENS and name.startswith("keys."):
        changed = motcua("--data", scene.folder, "users", "password", MOTCUA_NEW_PASSWORD="Mưa rào tháng sáu 6")
        assert isinstance(changed, dict) or changed == UNREACHABLE, changed
        assert scene.precious.read_bytes() == b"precious" * 100


def test_log_of_an_earlier_dossier_is_refused(scene: Scene, motcua: Any) -> None:
    """SQLite applies any complete log, also one that was applied before.

    Which pages it brings back decides whether they fit together.
    """
    with desk_session(scene.folder, ADMIN) as desk:
        desk.take_in(machine_now())
        log = scene.folder.joinpath("motcua.db-wal").read_bytes()
    with desk_session(scene.folder, ADMIN) as desk:
        desk.take_in(machine_now())
    assert log
    scene.put("motcua.db-wal", log)
    assert answer_of(scene, motcua) in (OLDER, DAMAGED)


def _repeat_key_first(scene: Scene) -> None:
    scene.edit("keys.json", "{", f'{{"office": "{scene.forged.identity.public.hex()}",')


def _repeat_key_last(scene: Scene) -> None:
    text = scene.folder.joinpath("keys.json").read_text(encoding="ascii").rstrip()
    scene.put("keys.json", f'{text[:-1]}, "office": "{scene.forged.identity.public.hex()}"}}')


def _older_log(scene: Scene) -> None:
    """The log of another database, whose frames have other salts and keys."""
    scene.put("motcua.db-wal", scene.sibling.folder.joinpath("motcua.db").read_bytes()[:40_000])


def _restore_yesterday(scene: Scene) -> None:
    shutil.copy(scene.yesterday / "motcua.db", scene.folder / "motcua.restored.db")
    scene.copy(scene.yesterday, "motcua.seen")
    scene.intend()


def _restore_other_office_file(scene: Scene) -> None:
    text = scene.folder.joinpath("office.toml").read_text(encoding="utf-8")
    scene.put("office.new.toml", text.replace("H29.12", "H29.13"))
    scene.intend()


def _training_database(scene: Scene) -> None:
    create_office(scene.folder / "training", OFFICE, True)
    scene.copy(scene.folder / "training", "motcua.db")


def _whole_folder(scene: Scene, other: Path) -> None:
    shutil.rmtree(scene.folder)
    shutil.copytree(other, scene.folder)


EXCHANGED, OLDER, DAMAGED = "database_exchanged", "database_older", "database_damaged"
ATTEMPTS: dict[str, tuple[Callable[[Scene], object], str]] = {
    "key file with the forger's identity before the own one": (_repeat_key_first, OPENS),
    "key file with the forger's identity after the own one": (_repeat_key_last, "keys_forged"),
    "key file in UTF-16": (
        lambda s: s.put("keys.json", s.folder.joinpath("keys.json").read_text(encoding="ascii").encode("utf-16")),
        OPENS,
    ),
    "key file with a number of 5,000 digits": (
        lambda s: s.edit("keys.json", '"serial": ', f'"serial": {"9" * 5000}'),
        "keys_damaged",
    ),
    "key file with Infinity": (
        lambda s: s.edit("keys.json", '"serial": ', '"serial": Infinity, "x": '),
        "keys_damaged",
    ),
    "key file of the forger": (lambda s: s.copy(s.forged.folder, "keys.json"), "keys_forged"),
    "key file of the forger by a link": (
        lambda s: s.instead("keys.json", lambda file: file.symlink_to(s.forged.folder / "keys.json")),
        "keys_forged",
    ),
    "key file of a sibling office": (lambda s: s.copy(s.sibling.folder, "keys.json"), DAMAGED),
    "key file of yesterday": (lambda s: s.copy(s.yesterday, "keys.json"), OPENS),
    "no key file": (lambda s: s.folder.joinpath("keys.json").unlink(), "keys_missing"),
    "pending key file of the forger": (
        lambda s: shutil.copy(s.forged.folder / "keys.json", s.folder / "keys.new.json"),
        OPENS,
    ),
    "pending key file of the forger alone": (
        lambda s: (
            shutil.copy(s.forged.folder / "keys.json", s.folder / "keys.new.json"),
            s.folder.joinpath("keys.json").unlink(),
        ),
        "keys_forged",
    ),
    "pending key file of a sibling office": (
        lambda s: shutil.copy(s.sibling.folder / "keys.json", s.folder / "keys.new.json"),
        OPENS,
    ),
    "database of the forger": (lambda s: s.copy(s.forged.folder, "motcua.db"), DAMAGED),
    "database and keys of the forger": (lambda s: s.copy(s.forged.folder, "motcua.db", "keys.json"), "keys_forged"),
    "database of a sibling office": (lambda s: s.copy(s.sibling.folder, "motcua.db"), DAMAGED),
    "database and keys of a sibling office": (
        lambda s: s.copy(s.sibling.folder, "motcua.db", "keys.json"),
        EXCHANGED,
    ),
    "database, keys and mark of a sibling office": (
        lambda s: s.copy(s.sibling.folder, "motcua.db", "keys.json", "motcua.seen"),
        EXCHANGED,
    ),
    "whole folder of a sibling office": (lambda s: _whole_folder(s, s.sibling.folder), EXCHANGED),
    "whole folder of the forger": (lambda s: _whole_folder(s, s.forged.folder), "keys_forged"),
    "database of yesterday": (lambda s: s.copy(s.yesterday, "motcua.db"), OLDER),
    "database and mark of yesterday": (lambda s: s.copy(s.yesterday, "motcua.db", "motcua.seen"), OLDER),
    "whole folder of yesterday": (lambda s: _whole_folder(s, s.yesterday), OLDER),
    "database of yesterday by the record of a restore": (_restore_yesterday, OLDER),
    "database of a training office": (_training_database, DAMAGED),
    "header of a plain database": (lambda s: s.put("motcua.db", b"SQLite format 3\0" + bytes(8192)), DAMAGED),
    "empty database": (lambda s: s.put("motcua.db", b""), DAMAGED),
    "log of random bytes": (lambda s: s.put("motcua.db-wal", os.urandom(40_000)), OPENS),
    "log of a sibling's pages": (_older_log, OPENS),
    "rollback journal of zeros": (
        lambda s: s.put("motcua.db-journal", bytes.fromhex("d9d505f920a163d7") + bytes(5000)),
        OPENS,
    ),
    "mark with a later event": (lambda s: s.marked(events=10**9), EXCHANGED),
    "mark with an earlier event": (lambda s: s.marked(events=0), EXCHANGED),
    "mark with an ended epoch": (lambda s: s.marked(ended=["x"]), EXCHANGED),
    "mark without its witness, a later event": (lambda s: s.marked(events=10**9, witness=""), OLDER),
    "mark with a number of 5,000 digits": (
        lambda s: s.put("motcua.seen", '{"epoch": "x", "ended": [], "events": ' + "9" * 5000 + "}"),
        OPENS,
    ),
    "mark with 200,000 ended epochs": (
        lambda s: s.put("motcua.seen", json.dumps({"epoch": "x", "events": 1, "ended": ["e"] * 200_000})),
        OPENS,
    ),
    "mark of a sibling office": (lambda s: s.copy(s.sibling.folder, "motcua.seen"), EXCHANGED),
    "no mark in the folder": (lambda s: s.folder.joinpath("motcua.seen").unlink(), OPENS),
    "record of a restore with a path": (lambda s: s.intend(stamp="../../x"), "restore_interrupted"),
    "record of a restore, empty": (lambda s: s.put("restore.json", ""), "restore_interrupted"),
    "record of a restore without files": (lambda s: s.intend(keys=True, discard=True), OPENS),
    "record of a restore with another office's file": (_restore_other_office_file, "office_file_other"),
    "office file with the code in other letters": (
        lambda s: s.edit("office.toml", "H29.12", "\uff2829.12"),
        "office_file_lost",
    ),
    "office file with a key twice": (lambda s: s.put("office.toml", OFFICE + '\nname = "x"\n'), "office_file_lost"),
    "office file of another agency": (lambda s: s.edit("office.toml", "H29.12", "H29.13"), "office_file_other"),
    "record of an update": (
        lambda s: s.put(
            "update.json",
            json.dumps({"format": "motcua-update", "old": "0", "new": "9", "state": "opening", "stamp": "1"}),
        ),
        "update_unfinished",
    ),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_made_up_file_in_the_folder(scene: Scene, motcua: Any, name: str) -> None:
    attempt, expected = ATTEMPTS[name]
    attempt(scene)
    assert answer_of(scene, motcua) == expected
    if expected == OPENS:
        assert read_key_file(scene.folder / "keys.json").office != scene.forged.identity.public


def test_pending_key_file_of_yesterday_with_a_former_password(real: RealOffice, motcua: Any) -> None:
    """The key file stays, because its key opens the database."""
    file, new = real.folder / "keys.json", "Mưa rào tháng sáu 6"
    yesterday = file.read_bytes()
    assert motcua("--data", real.folder, "users", "password", MOTCUA_NEW_PASSWORD=new)["changed"] is True
    today = file.read_bytes()
    real.folder.joinpath("keys.new.json").write_bytes(yesterday)
    assert motcua("--data", real.folder, "check") == "keys_password_wrong"
    assert motcua("--data", real.folder, "restore", real.backup, "--second", COLLEAGUE, **SECOND) == (
        "keys_password_wrong"
    )
    assert file.read_bytes() == today
    assert motcua("--data", real.folder, "check", MOTCUA_PASSWORD=new)["ok"]
    assert file.read_bytes() == today and not real.folder.joinpath("keys.new.json").exists()


@pytest.mark.parametrize("make", [_pipe, _folder, _link_to_other, _huge], ids=_name_of)
def test_wrong_password_beside_a_strange_pending_key_file(
    scene: Scene, motcua: Any, make: Callable[[Scene, str], None]
) -> None:
    """The key file decides; the wrong password is counted."""
    make(scene, "keys.new.json")
    assert motcua("--data", scene.folder, "check", MOTCUA_PASSWORD="Đoán mò 12 lần") == "keys_password_wrong"
    assert scene.folder.joinpath("tries.json").exists()


def _members(
    real: RealOffice, others: Scene, tmp_path: Path, change: Callable[[dict[str, bytes], Scene], object]
) -> Path:
    members = read_members(real.backup)
    change(members, others)
    return write_members(tmp_path / "made-up.mcbackup", members)


def _repeat_files(members: dict[str, bytes], _others: Scene) -> None:
    members[SEAL_FILE] = members[SEAL_FILE].rstrip()[:-1] + b', "files": {}}'


def _seal_of(real_backup: Callable[[Scene], Path]) -> Callable[[dict[str, bytes], Scene], None]:
    def change(members: dict[str, bytes], others: Scene) -> None:
        other = read_members(real_backup(others))
        members[SEAL_FILE], members[SIGNATURE_FILE] = other[SEAL_FILE], other[SIGNATURE_FILE]

    return change


BACKUPS: dict[str, tuple[Callable[[dict[str, bytes], Scene], object], Iterable[str]]] = {
    "list with its files twice": (_repeat_files, ("backup_damaged", "backup_forged")),
    "list and signature of a sibling office": (_seal_of(lambda others: others.sibling.backup), ("backup_damaged",)),
    "signature alone of a sibling office": (
        lambda members, others: members.update({SIGNATURE_FILE: read_members(others.sibling.backup)[SIGNATURE_FILE]}),
        ("backup_forged",),
    ),
    "database of a sibling office": (
        lambda members, others: members.update({"motcua.db": read_members(others.sibling.backup)["motcua.db"]}),
        ("backup_damaged",),
    ),
    "database under a path": (
        lambda members, _others: members.update({"../motcua.db": members.pop("motcua.db")}),
        ("backup_damaged",),
    ),
    "empty database": (lambda members, _others: members.update({"motcua.db": b""}), ("backup_damaged",)),
    "office file of 2 MB": (
        lambda members, _others: members.update({"office.toml": members["office.toml"] + b"#" * (2 << 20)}),
        ("backup_damaged",),
    ),
    "no key file": (lambda members, _others: members.pop("keys.json"), ("backup_damaged",)),
    "no list and no signature": (
        lambda members, _others: (members.pop(SEAL_FILE), members.pop(SIGNATURE_FILE)),
        ("backup_forged",),
    ),
}


@pytest.mark.parametrize("name", BACKUPS)
def test_made_up_backup(real: RealOffice, others: Scene, motcua: Any, tmp_path: Path, name: str) -> None:
    change, expected = BACKUPS[name]
    words = new_machine(real, _members(real, others, tmp_path, change), tmp_path)
    for more in ((), ("--fingerprint", real.fingerprint)):
        assert motcua(*words, *more, user="") in expected and nothing_installed(tmp_path / "new")
    assert motcua(*words, "--second", COLLEAGUE, **SECOND) in expected and nothing_installed(tmp_path / "new")


@pytest.mark.parametrize("kind", ["folder", "pipe", "endless", "missing", "empty", "bare database"])
def test_file_that_is_no_backup(real: RealOffice, motcua: Any, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "made-up.mcbackup"
    makers: dict[str, Callable[[], object]] = {
        "folder": file.mkdir,
        "pipe": lambda: os.mkfifo(file),
        "endless": lambda: file.symlink_to(ENDLESS),
        "missing": lambda: None,
        "empty": lambda: file.write_bytes(b""),
        "bare database": lambda: shutil.copy(real.folder / "motcua.db", file),
    }
    makers[kind]()
    assert motcua(*new_machine(real, file, tmp_path), user="") in ("backup_missing", "backup_damaged")
    assert nothing_installed(tmp_path / "new")


def test_backup_of_a_sibling_office(real: RealOffice, others: Scene, motcua: Any, tmp_path: Path) -> None:
    """The same people have the same passwords in both."""
    words = new_machine(real, others.sibling.backup, tmp_path)
    assert motcua(*words, user="") == "recovery_key_wrong"
    by_password = ("--data", tmp_path / "new", "restore", others.sibling.backup, "--second", COLLEAGUE)
    assert motcua(*by_password, "--fingerprint", real.fingerprint, **SECOND) == "fingerprint_wrong"
    assert nothing_installed(tmp_path / "new")
    over = ("--data", real.folder, "restore", others.sibling.backup, "--second", COLLEAGUE)
    assert motcua(*over, **SECOND) == "backup_other_office"
    assert motcua("--data", real.folder, "keys", "status")["fingerprint"] == real.fingerprint


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text)


FINGERPRINTS: dict[str, tuple[Callable[[RealOffice, Scene], str], str]] = {
    "in small letters": (lambda real, _others: real.fingerprint.lower(), "compared"),
    "without separators": (lambda real, _others: "".join(filter(str.isalnum, real.fingerprint)), "compared"),
    "with blanks and a line feed": (lambda real, _others: f"  {real.fingerprint.replace('-', ' ')}\n", "compared"),
    "in the code of the page": (lambda real, _others: real.page_code, "compared"),
    "of a sibling office": (lambda _real, others: others.sibling.fingerprint, "fingerprint_wrong"),
    "of a sibling's page": (lambda _real, others: others.sibling.page_code, "fingerprint_wrong"),
    "one character less": (lambda real, _others: real.fingerprint[:-1], "fingerprint_shape"),
    "twice": (lambda real, _others: real.fingerprint * 2, "fingerprint_shape"),
    "in wide characters": (lambda real, _others: _wide(real.fingerprint), "fingerprint_shape"),
    "with a joiner of no width": (lambda real, _others: f"\u200b{real.fingerprint[:-1]}\u0430", "fingerprint_shape"),
    "of nothing but a separator": (lambda _real, _others: ".", "fingerprint_shape"),
}


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_form_of_a_fingerprint(real: RealOffice, others: Scene, motcua: Any, tmp_path: Path, name: str) -> None:
    text, expected = FINGERPRINTS[name]
    words = (*new_machine(real, real.backup, tmp_path), "--check", "--fingerprint", text(real, others))
    answer = motcua(*words, user="")
    assert (answer if isinstance(answer, str) else "compared") == expected and nothing_installed(tmp_path / "new")


@pytest.mark.parametrize("database", [True, False], ids=["with database", "without database"])
def test_genuine_backup_into_a_forged_folder(
    real: RealOffice, others: Scene, motcua: Any, tmp_path: Path, database: bool
) -> None:
    """The forger's files beside it change nothing of what is restored."""
    folder = tmp_path / "new"
    folder.mkdir()
    for name in ("keys.json", "motcua.seen", *(("motcua.db",) if database else ())):
        shutil.copy(others.forged.folder / name, folder / name)
    answer = motcua(*new_machine(real, real.backup, tmp_path), "--fingerprint", real.fingerprint, user="")
    assert answer["restored"] and answer["proved"]
    assert motcua("--data", folder, "keys", "status")["fingerprint"] == real.fingerprint
    with desk_session(folder, ADMIN) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(2,)]
