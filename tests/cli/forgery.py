"""Forged offices and backups, made without any credential of the real one.

The forger has the program, a backup or a copy of the folder, and time. The forged office names the same people and is
sealed for the public keys of the real key file.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_STORED, ZipFile

from app.bootstrap import create_office, open_office
from app.keys.identity import OfficeIdentity
from app.keys.key_file import KeyFile, Slot, read_key_file
from app.keys.slot_register import SlotRegister
from app.models.enums import Role
from app.models.instants import local_day
from app.office.backup import BACKUP_PURPOSE
from app.services.intake.command import AcceptDossier
from app.storage.database import connect_driver
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.intake.accept import accept_dossier
from app.usecases.office.rebuild import page_code
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, desk_session, intake_line, machine_now

COLLEAGUE, COLLEAGUE_PASSWORD = "Lê Văn Hai", "Ruộng bậc thang 9"
"""A user of the real office, whose password the forger does not know."""
FORGER_PASSWORD = "Trộm cắp 77 lần"
MEMBERS = ("motcua.db", "office.toml", "keys.json")
_PROOF_SETTINGS = ("office_key", "key_slots", "recovery_page_due")


class RealOffice(NamedTuple):
    """A real office of two people with two dossiers.

    `earlier` is a backup with one dossier, `backup` the latest. `page_code` is the code of the recovery page.
    """

    folder: Path
    backup: Path
    earlier: Path
    recovery: str
    fingerprint: str
    page_code: str
    key: bytes

    @property
    def keys(self) -> KeyFile:
        """The key file in the folder."""
        return read_key_file(self.folder / "keys.json")


def make_real_office(place: Path) -> RealOffice:
    """Create the real office that a forger imitates."""
    folder = place / "office"
    created = create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)[1]
    with desk_session(folder, ADMIN) as desk:
        colleague = AddUser(COLLEAGUE, Role.HEAD, secret=COLLEAGUE_PASSWORD)
        desk.office.write_password(add_user, colleague, COLLEAGUE, COLLEAGUE_PASSWORD)
        desk.take_in(machine_now())
        earlier = desk.office.back_up(place / "earlier")[0]
        desk.take_in(machine_now())
        backup = desk.office.back_up(place / "usb")[0]
        page = f"{desk.office.read(page_code, created.recovery_key)}.{created.fingerprint}"
        assert desk.office.keys is not None
        key = desk.office.keys.key
    return RealOffice(folder, backup, earlier, created.recovery_key, created.fingerprint, page, key)


def new_machine(real: RealOffice, backup: Path, tmp_path: Path) -> tuple[object, ...]:
    """Return the words that restore a backup on a new machine."""
    key = tmp_path / "key.txt"
    key.write_text(real.recovery, encoding="utf-8")
    return ("--data", tmp_path / "new", "restore", backup, "--recovery-key", key)


def nothing_installed(folder: Path) -> bool:
    """Return whether a restore left nothing but its locks."""
    return not folder.exists() or not {file.name for file in folder.iterdir()} - {"window.lock", "restore.lock"}


class ForgedOffice:
    """A forger's office in the place of a real one whose key file is known.

    `slots` changes the slots that the forged key file copies.
    """

    def __init__(
        self, folder: Path, real: KeyFile, slots: Callable[[Slot, OfficeIdentity], Slot] = lambda slot, _identity: slot
    ) -> None:
        create_office(folder, OFFICE, False, None, FORGER_PASSWORD, HASH_COST)
        with closing(open_office(folder, ADMIN, None, FORGER_PASSWORD)) as office:
            for _ in range(3):
                now = machine_now()
                office.write(accept_dossier, AcceptDossier.read(intake_line(), local_day(now)), now)
            office.write(add_user, AddUser(COLLEAGUE, Role.HEAD))
            assert office.keys is not None
            self.key = office.keys.key
        self.folder, self.identity = folder, OfficeIdentity.new()
        copied = tuple(slots(slot, self.identity) for slot in real.slots)
        self.set("office_key", self.identity.seed.hex())
        self.set("key_slots", SlotRegister(real.id, 1, copied).to_json())
        self.run("UPDATE user_account SET secret = NULL")
        self.keys = KeyFile(real.id).sealed(self.key, copied, self.identity, 1)
        (folder / "keys.json").write_bytes(self.keys.to_bytes())

    def set(self, name: str, value: Any) -> None:
        """Write a setting."""
        self.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, json.dumps(value))

    def run(self, statement: str, *values: Any) -> None:
        """Run a statement on the forged database."""
        with closing(connect_driver(self.folder / "motcua.db", self.key)) as connection:
            connection.execute(statement, values)

    def backup(self, file: Path, signed_for: bytes | None = None) -> Path:
        """Write a backup of the forged office, signed by the forger.

        The list names the office of `signed_for`, by default the forger's.
        """
        members = {name: (self.folder / name).read_bytes() for name in MEMBERS}
        document = {
            "format": "motcua-backup",
            "version": 1,
            "office": (signed_for or self.identity.public).hex(),
            "files": {name: sha256(content).hexdigest() for name, content in members.items()},
        }
        content = json.dumps(document).encode()
        signature = self.identity.sign(BACKUP_PURPOSE, content)
        return write_members(file, {**members, "backup.json": content, "backup.sig": signature})


def read_members(backup: Path) -> dict[str, bytes]:
    """Return the members of a backup."""
    with ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(file: Path, members: Mapping[str, bytes]) -> Path:
    """Write a stored zip."""
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def without_proof(slot: Slot, _identity: OfficeIdentity) -> Slot:
    """Return a slot as of a release before the proofs."""
    return replace(slot, proof=b"")


def to_earlier_release(folder: Path, key: bytes) -> None:
    """Turn a closed real office into one of a release before the proofs."""
    with closing(connect_driver(folder / "motcua.db", key)) as connection:
        for name in _PROOF_SETTINGS:
            connection.execute("DELETE FROM setting WHERE name = ?", (name,))
    (folder / "motcua.seen").unlink(missing_ok=True)
    (folder / "keys.json").write_bytes(earlier_key_file(read_key_file(folder / "keys.json"), key))


def earlier_key_file(keys: KeyFile, key: bytes) -> bytes:
    """Return the slots of a key file as version 1 wrote them."""
    slots = [{name: value for name, value in slot.to_json().items() if name != "proof"} for slot in keys.slots]
    covered = [[s.kind, s.who, s.public.hex(), s.salt.hex(), s.memory_kib, s.passes] for s in keys.slots]
    proof = hmac(key, json.dumps([keys.id, covered]).encode(), sha256).hexdigest()
    document = {"format": "motcua-keys", "version": 1, "id": keys.id, "slots": slots, "proof": proof}
    return json.dumps(document, indent=1).encode()


def to_plain(folder: Path, key: bytes) -> None:
    """Turn a closed real office into one of a release before encryption."""
    file, plain = folder / "motcua.db", folder / "plain.db"
    with closing(connect_driver(file, key)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")
    plain.replace(file)
    for name in ("keys.json", "motcua.seen"):
        (folder / name).unlink(missing_ok=True)
    with closing(connect_driver(file, None)) as connection:
        for name in _PROOF_SETTINGS:
            connection.execute("DELETE FROM setting WHERE name = ?", (name,))
