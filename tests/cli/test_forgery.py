"""Forged and exchanged files are refused; nothing of them is opened.

The forger has a backup or the folder, the program and time, but no password, no recovery key and no vault.
"""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_office, open_office
from app.keys.identity import OfficeIdentity
from app.keys.key_file import USER, Slot, parse_key_file, prove_slot, read_key_file
from app.keys.office_keys import password_secret
from app.machine.folders import seen_folder
from app.models.enums import Role
from app.models.errors import Fault, Refusal
from app.storage.database import is_encrypted
from app.usecases.accounts.users import AddUser, add_user
from tests.cli.forgery import (
    COLLEAGUE,
    COLLEAGUE_PASSWORD,
    ForgedOffice,
    RealOffice,
    earlier_key_file,
    new_machine,
    nothing_installed,
    read_members,
    to_earlier_release,
    to_plain,
    without_proof,
    write_members,
)
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, desk_session, machine_now

HAI, HAI_PASSWORD = COLLEAGUE, COLLEAGUE_PASSWORD
MORE, MORE_PASSWORD = "Phan Thị Lan", "Chợ phiên 30 tết"
SECOND = {"MOTCUA_SECOND_PASSWORD": HAI_PASSWORD}


def test_genuine_backup_is_proved_and_compared(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    words = new_machine(real, real.backup, tmp_path)
    checked = motcua(*words, "--check", user="")
    assert (checked["fingerprint"], checked["proved"], checked["restored"]) == (real.fingerprint, True, False)
    other = "0" * 24
    assert motcua(*words, "--fingerprint", other, user="") == "fingerprint_wrong"
    assert motcua(*words, "--fingerprint", "abc", user="") == "fingerprint_shape"
    assert nothing_installed(tmp_path / "new")
    assert motcua(*words, "--fingerprint", real.fingerprint.lower(), user="")["restored"] is True
    assert motcua("--data", tmp_path / "new", "keys", "status")["fingerprint"] == real.fingerprint


SEALED = {
    "copied proofs": {},
    "no proofs": {"slots": without_proof},
}


@pytest.mark.parametrize("manner", SEALED)
@pytest.mark.parametrize("by", ["recovery", "password", "fingerprint"])
def test_backup_sealed_by_a_forger_is_refused(
    real: RealOffice, motcua: Any, tmp_path: Path, manner: str, by: str
) -> None:
    forged = ForgedOffice(tmp_path / "forged", real.keys, **SEALED[manner])
    words = new_machine(real, forged.backup(tmp_path / "forged.mcbackup"), tmp_path)
    if by == "password":
        answer = motcua("--data", tmp_path / "new", "restore", words[3], "--second", HAI, **SECOND)
        expected = ("keys_forged", "backup_unproved", "restore_new")
    else:
        answer = motcua(*words, *(("--fingerprint", real.fingerprint) if by == "fingerprint" else ()), user="")
        expected = ("keys_forged", "backup_unproved", "fingerprint_wrong")
    assert answer in expected and nothing_installed(tmp_path / "new")
    assert motcua(*words, "--second", HAI, user="", **SECOND) in ("keys_forged", "second_new")
    assert nothing_installed(tmp_path / "new")


def test_forger_cannot_sign_for_the_office(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    forged = ForgedOffice(tmp_path / "forged", real.keys)
    backup = forged.backup(tmp_path / "forged.mcbackup", signed_for=real.keys.office)
    assert motcua(*new_machine(real, backup, tmp_path), user="") == "backup_forged"
    named = replace(forged.keys, office=real.keys.office)
    (forged.folder / "keys.json").write_bytes(named.to_bytes())
    backup = forged.backup(tmp_path / "named.mcbackup")
    assert motcua(*new_machine(real, backup, tmp_path), user="") == "backup_forged"
    assert nothing_installed(tmp_path / "new")


@pytest.mark.parametrize("version", [1, 2])
def test_forged_backup_of_an_earlier_release_needs_the_passwords_it_lacks(
    real: RealOffice, motcua: Any, tmp_path: Path, version: int
) -> None:
    forged = ForgedOffice(tmp_path / "forged", real.keys, without_proof)
    if version == 1:
        to_earlier_release(forged.folder, forged.key)
    members = {name: (forged.folder / name).read_bytes() for name in ("motcua.db", "office.toml", "keys.json")}
    words = new_machine(real, write_members(tmp_path / "forged.mcbackup", members), tmp_path)
    expected = "backup_unproved" if version == 1 else "backup_forged"
    assert motcua(*words, user="") == expected
    with_second = motcua(*words, "--second", HAI, user="", **SECOND)
    assert with_second in ("second_new", "user_unknown", "backup_forged") and nothing_installed(tmp_path / "new")


@pytest.mark.parametrize("change", ["a page of an earlier backup", "no signature", "other keys", "other office file"])
def test_genuine_backup_with_one_exchanged_part_is_refused(
    real: RealOffice, motcua: Any, tmp_path: Path, change: str
) -> None:
    members, earlier = read_members(real.backup), read_members(real.earlier)
    if change == "a page of an earlier backup":
        old, new = earlier["motcua.db"], members["motcua.db"]
        page = next(n for n in range(4096, len(old), 4096) if old[n : n + 4096] != new[n : n + 4096])
        members["motcua.db"] = new[:page] + old[page : page + 4096] + new[page + 4096 :]
    elif change == "no signature":
        del members["backup.json"], members["backup.sig"]
    elif change == "other keys":
        members["keys.json"] = ForgedOffice(tmp_path / "forged", real.keys).keys.to_bytes()
    else:
        members["office.toml"] = members["office.toml"].replace(b"H29.12", b"H29.13")
    backup = write_members(tmp_path / "changed.mcbackup", members)
    answer = motcua(*new_machine(real, backup, tmp_path), user="")
    assert answer in ("backup_damaged", "backup_forged") and nothing_installed(tmp_path / "new")


@pytest.mark.parametrize("recovery", ["AAAAA", ""])
def test_real_backup_without_encryption_is_refused(
    real: RealOffice, motcua: Any, tmp_path: Path, recovery: str
) -> None:
    forged = ForgedOffice(tmp_path / "forged", real.keys)
    to_plain(forged.folder, forged.key)
    members = {name: (forged.folder / name).read_bytes() for name in ("motcua.db", "office.toml")}
    words = ("--data", tmp_path / "new", "restore", write_members(tmp_path / "plain.mcbackup", members))
    assert motcua(*words, MOTCUA_RECOVERY_KEY=recovery) == "backup_unencrypted"
    answer = motcua(*words, "--second", HAI, MOTCUA_RECOVERY_KEY=recovery, **SECOND)
    assert answer in ("account_without_secret", "user_unknown") and nothing_installed(tmp_path / "new")


def exchange(real: RealOffice, forged: ForgedOffice, *, seen: bool) -> None:
    """Put the forger's database and key file in place of the office's."""
    for name in ("motcua.db", "keys.json"):
        shutil.copy(forged.folder / name, real.folder / name)
    if not seen:
        for mark in (real.folder / "motcua.seen", *seen_folder().rglob("*.seen")):
            mark.unlink()


@pytest.mark.posix
@pytest.mark.parametrize("seen", [True, False], ids=["marks left", "marks deleted"])
@pytest.mark.parametrize("manner", ["copied proofs", "no proofs", "earlier release"])
def test_exchanged_database_is_not_opened(
    real: RealOffice, motcua: Any, tmp_path: Path, manner: str, seen: bool
) -> None:
    """The forger copies epoch and count, which the marks show."""
    open_office(real.folder, ADMIN, None, PASSWORD).close()
    mark = json.loads((real.folder / "motcua.seen").read_bytes())
    forged = ForgedOffice(tmp_path / "forged", real.keys, **SEALED.get(manner, {"slots": without_proof}))
    forged.set("epoch", json.loads(mark["epoch"]))
    if manner == "earlier release":
        to_earlier_release(forged.folder, forged.key)
    exchange(real, forged, seen=seen)
    codes = {
        motcua("--data", real.folder, "check"),
        motcua("--data", real.folder, "check", user=HAI, MOTCUA_PASSWORD=HAI_PASSWORD),
        motcua("--data", real.folder, "check", "--second", HAI, **SECOND),
        motcua("--data", real.folder, "keys", "recover", MOTCUA_RECOVERY_KEY=real.recovery),
    }
    refused = {"keys_forged", "office_forged", "database_exchanged"}
    if not seen:
        refused |= {"account_without_secret", "office_unproved", "user_unknown"}
    assert codes <= refused, codes


def test_colleague_with_one_password_cannot_exchange_the_office(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    """Only their own slot can be proved for another identity."""
    tag = real.keys.name_tag(HAI)

    def own_proof(slot: Slot, identity: OfficeIdentity) -> Slot:
        if (slot.kind, slot.who) != (USER, tag):
            return slot
        return prove_slot(real.keys.id, identity.public, slot, password_secret(slot, HAI_PASSWORD))

    forged = ForgedOffice(tmp_path / "forged", real.keys, own_proof)
    exchange(real, forged, seen=True)
    assert motcua("--data", real.folder, "check") == "keys_forged"
    assert motcua(*new_machine(real, forged.backup(tmp_path / "x.mcbackup"), tmp_path), user="") == "keys_forged"


@pytest.mark.posix
def test_real_office_without_encryption_is_not_opened(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    open_office(real.folder, ADMIN, None, PASSWORD).close()
    forged = ForgedOffice(tmp_path / "forged", real.keys)
    to_plain(forged.folder, forged.key)
    (real.folder / "keys.json").unlink()
    shutil.copy(forged.folder / "motcua.db", real.folder)
    assert motcua("--data", real.folder, "check") == "database_exchanged"
    for mark in (real.folder / "motcua.seen", *seen_folder().rglob("*.seen")):
        mark.unlink()
    assert motcua("--data", real.folder, "check") == "office_unencrypted"
    assert motcua("--data", real.folder, "check", MOTCUA_RECOVERY_KEY="AAAAA") == "office_unencrypted"
    assert motcua("--data", real.folder, "check", "--second", HAI, **SECOND) == "account_without_secret"


def test_account_without_a_password_opens_nothing(real: RealOffice, motcua: Any) -> None:
    with desk_session(real.folder, ADMIN) as desk:
        desk.tamper(f"UPDATE user_account SET secret = NULL WHERE name = '{HAI}'")
    answer = motcua("--data", real.folder, "check", user=HAI, MOTCUA_PASSWORD=HAI_PASSWORD)
    assert answer == "account_without_secret"


def test_refused_change_of_a_password_writes_no_slot(real: RealOffice, motcua: Any) -> None:
    """Each writing seals again, so that equal bytes were not written."""
    with desk_session(real.folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(MORE, Role.CLERK, secret=MORE_PASSWORD), MORE, MORE_PASSWORD)
    before = (real.folder / "keys.json").read_bytes()
    for words in (("reset", ADMIN), ("reset", HAI), ("add", "Đào Văn Mới"), ("disable", ADMIN)):
        passwords = {"MOTCUA_PASSWORD": MORE_PASSWORD, "MOTCUA_NEW_PASSWORD": "Mưa rào tháng sáu 6"}
        answer = motcua("--data", real.folder, "users", *words, "--second", HAI, user=MORE, **passwords, **SECOND)
        assert answer == "not_your_right"
        assert (real.folder / "keys.json").read_bytes() == before


def test_key_file_that_asks_for_hours_is_refused(real: RealOffice, motcua: Any) -> None:
    file = real.folder / "keys.json"
    document = json.loads(file.read_bytes())
    for changes in ({"memory_kib": 1 << 20, "passes": 20}, {"memory_kib": 1 << 18, "passes": 8}):
        slots = [{**slot, **changes} if slot["kind"] == USER else slot for slot in document["slots"]]
        file.write_text(json.dumps({**document, "slots": slots}), encoding="utf-8")
        assert motcua("--data", real.folder, "check") == "keys_damaged"


def test_older_key_file_is_reported_and_replaced(real: RealOffice, motcua: Any) -> None:
    file = real.folder / "keys.json"
    older = file.read_bytes()
    new = "Mưa rào tháng sáu 6"
    assert motcua("--data", real.folder, "users", "password", MOTCUA_NEW_PASSWORD=new)["changed"] is True
    file.write_bytes(older)
    assert motcua("--data", real.folder, "check") == "keys_slot_revoked", "the former password"
    answer = motcua("--data", real.folder, "check", user=HAI, MOTCUA_PASSWORD=HAI_PASSWORD)
    assert answer["ok"] and "keys.json là bản cũ" in motcua.err
    assert motcua("--data", real.folder, "check", MOTCUA_PASSWORD=new)["ok"] and "keys.json" not in motcua.err
    trail = motcua("--data", real.folder, "access", "list", MOTCUA_PASSWORD=new)
    assert trail is not None


def test_unproved_key_file_is_reported_and_replaced(real: RealOffice, motcua: Any) -> None:
    (real.folder / "keys.json").write_bytes(earlier_key_file(real.keys, real.key))
    assert motcua("--data", real.folder, "check")["ok"] and "keys.json là bản cũ" in motcua.err
    assert read_key_file(real.folder / "keys.json").is_genuine(real.key)


def test_changed_key_file_is_reported_and_replaced(real: RealOffice, motcua: Any) -> None:
    file = real.folder / "keys.json"
    document = json.loads(file.read_bytes())
    document["slots"].append({**document["slots"][0], "who": "", "public": OfficeIdentity.new().public.hex()})
    file.write_text(json.dumps(document), encoding="utf-8")
    assert motcua("--data", real.folder, "check")["ok"]
    assert "sửa từ bên ngoài" in motcua.err and "Đã bỏ 1 ổ khóa" in motcua.err
    assert parse_key_file(file.read_bytes()).is_genuine(real.key)


def test_backup_of_another_identity_needs_the_fingerprint(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    """An office created again for the same desk restores its former backup."""
    folder = tmp_path / "anew"
    create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(HAI, Role.HEAD, secret=HAI_PASSWORD), HAI, HAI_PASSWORD)
    restore = ("--data", folder, "restore", real.backup, "--second", HAI)
    assert motcua(*restore, **SECOND) == "backup_other_office"
    assert motcua(*restore, "--fingerprint", real.fingerprint, **SECOND)["restored"] is True
    assert motcua("--data", folder, "keys", "status")["fingerprint"] == real.fingerprint


def test_office_of_an_earlier_release_is_accepted_once(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    to_earlier_release(real.folder, real.key)
    check = ("--data", real.folder, "check")
    assert motcua(*check) == "office_unproved"
    assert motcua(*check, "--second", ADMIN, **SECOND) == "second_person_same"
    assert motcua(*check, "--second", HAI, MOTCUA_SECOND_PASSWORD="sai rồi nhé") == "sign_in_wrong"
    assert motcua(*check, "--second", HAI, **SECOND)["ok"]
    assert "không chứng minh được" in motcua.err and "trang khóa phục hồi mới" in motcua.err
    assert motcua(*check)["ok"] and "không chứng minh" not in motcua.err and "trang khóa phục hồi mới" in motcua.err
    keys = read_key_file(real.folder / "keys.json")
    assert keys.is_genuine(real.key) and all(slot.proof for slot in keys.slots_of(USER))
    page = tmp_path / "page.pdf"
    recovery = ("--data", real.folder, "keys", "recovery", "--second", HAI, "--out", page)
    assert motcua(*recovery, **SECOND) == {"file": str(page)} and page.stat().st_size
    assert motcua(*check)["ok"] and motcua.err == ""
    answer = motcua("--data", real.folder, "keys", "recover", MOTCUA_RECOVERY_KEY=real.recovery)
    assert answer == "recovery_key_wrong"
    for mark in seen_folder().rglob("*.seen"):
        assert "witness" in json.loads(mark.read_bytes())


@pytest.mark.posix
def test_sealed_office_does_not_go_back_to_an_earlier_release(real: RealOffice, motcua: Any) -> None:
    open_office(real.folder, ADMIN, None, PASSWORD).close()
    to_earlier_release(real.folder, real.key)
    assert motcua("--data", real.folder, "check", "--second", HAI, **SECOND) == "database_exchanged"


def test_third_user_of_an_earlier_release_is_proved_at_sign_in(real: RealOffice, motcua: Any) -> None:
    with desk_session(real.folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(MORE, Role.CLERK, secret=MORE_PASSWORD), MORE, MORE_PASSWORD)
    to_earlier_release(real.folder, real.key)
    shutil.rmtree(seen_folder(), ignore_errors=True)
    assert motcua("--data", real.folder, "check", "--second", HAI, **SECOND)["ok"]
    tag = real.keys.name_tag(MORE)
    (slot,) = read_key_file(real.folder / "keys.json").slots_of(USER, tag)
    assert not slot.proof
    assert motcua("--data", real.folder, "search", "dao", user=MORE, MOTCUA_PASSWORD=MORE_PASSWORD) is not None
    (slot,) = read_key_file(real.folder / "keys.json").slots_of(USER, tag)
    assert slot.proof


def test_backup_of_an_earlier_release_is_accepted_once(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    to_earlier_release(real.folder, real.key)
    members = {name: (real.folder / name).read_bytes() for name in ("motcua.db", "office.toml", "keys.json")}
    words = new_machine(real, write_members(tmp_path / "earlier.mcbackup", members), tmp_path)
    assert motcua(*words, "--check", user="")["proved"] is False
    assert motcua(*words, user="") == "backup_unproved"
    assert motcua(*words, "--fingerprint", real.fingerprint, user="") == "fingerprint_none"
    assert motcua(*words, "--second", HAI, user="", **SECOND)["restored"] is True
    assert "không chứng minh được" in motcua.err
    assert motcua("--data", tmp_path / "new", "check")["ok"] and "trang khóa phục hồi mới" in motcua.err
    with desk_session(tmp_path / "new", ADMIN) as desk:
        assert int(desk.take_in(machine_now()).code[-4:]) >= 1000


def test_office_of_before_encryption_is_encrypted_once(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    to_plain(real.folder, real.key)
    assert motcua("--data", real.folder, "check") == "office_unencrypted"
    assert motcua("--data", real.folder, "check", "--second", HAI, **SECOND)["ok"]
    assert "không chứng minh được" in motcua.err
    assert is_encrypted(real.folder / "motcua.db") and not list(real.folder.glob("*truoc-ma-hoa*"))
    for user, password in ((ADMIN, PASSWORD), (HAI, HAI_PASSWORD)):
        assert motcua("--data", real.folder, "check", user=user, MOTCUA_PASSWORD=password)["ok"]


def test_backup_of_before_encryption_is_encrypted_at_restore(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    to_plain(real.folder, real.key)
    members = {name: (real.folder / name).read_bytes() for name in ("motcua.db", "office.toml")}
    words = ("--data", tmp_path / "new", "restore", write_members(tmp_path / "plain.mcbackup", members))
    assert motcua(*words) == "backup_unencrypted"
    assert motcua(*words, "--second", HAI, **SECOND)["restored"] is True
    assert "không chứng minh được" in motcua.err and is_encrypted(tmp_path / "new" / "motcua.db")
    assert motcua("--data", tmp_path / "new", "check")["ok"]


def test_restore_keeps_the_present_recovery_key(real: RealOffice, motcua: Any, tmp_path: Path) -> None:
    """A recovery key that was replaced since the backup is not revived."""
    recovery = ("--data", real.folder, "keys", "recovery", "--second", HAI)
    new = motcua(*recovery, **SECOND)["recovery_key"]
    assert motcua("--data", real.folder, "restore", real.backup, "--second", HAI, **SECOND)["restored"] is True
    recover = ("--data", real.folder, "keys", "recover")
    assert motcua(*recover, MOTCUA_RECOVERY_KEY=real.recovery) == "recovery_key_wrong"
    assert isinstance(motcua(*recover, MOTCUA_RECOVERY_KEY=new), dict)


def test_bounds_and_errors_are_faults(real: RealOffice) -> None:
    with pytest.raises((Refusal, Fault)):
        open_office(real.folder, ADMIN, None, "sai hẳn")
    with closing(open_office(real.folder, ADMIN, None, PASSWORD)) as office:
        assert office.notes == ()


@pytest.mark.parametrize("discard", [True, False])
def test_forged_record_of_a_restore_installs_nothing_that_opens(
    real: RealOffice, motcua: Any, tmp_path: Path, discard: bool
) -> None:
    """The next start follows the record; the office's own files remain."""
    forged = ForgedOffice(tmp_path / "forged", real.keys)
    own = {name: (real.folder / name).read_bytes() for name in ("motcua.db", "keys.json")}
    shutil.copy(forged.folder / "motcua.db", real.folder / "motcua.restored.db")
    shutil.copy(forged.folder / "keys.json", real.folder / "keys.new.json")
    record = {"format": "motcua-install", "stamp": "x", "keys": True, "discard": discard}
    (real.folder / "restore.json").write_text(json.dumps(record), encoding="utf-8")
    assert motcua("--data", real.folder, "check") == "keys_forged"
    assert (real.folder / "motcua-x.db").read_bytes() == own["motcua.db"]
    assert (real.folder / "keys-x.json").read_bytes() == own["keys.json"]


STRANGE_TEXTS = {"proof": "đ", "id": "\ud800", "serial": 1.5, "office": "đ" * 64, "signature": "\ud800"}


@pytest.mark.parametrize("name", STRANGE_TEXTS)
def test_strange_text_in_the_key_file_is_a_damaged_file(real: RealOffice, motcua: Any, name: str) -> None:
    file = real.folder / "keys.json"
    file.write_text(json.dumps({**json.loads(file.read_bytes()), name: STRANGE_TEXTS[name]}), encoding="ascii")
    assert motcua("--data", real.folder, "check") == "keys_damaged"


@pytest.mark.parametrize("witness", ["\ud800", "đ" * 32, "", "0" * 32])
def test_strange_witness_of_the_mark_opens_nothing_else(real: RealOffice, motcua: Any, witness: str) -> None:
    """A witness of other than ASCII characters makes the mark invalid."""
    mark = {"epoch": "x", "events": 9, "ended": [], "hash": "h", "witness": witness}
    (real.folder / "motcua.seen").write_text(json.dumps(mark), encoding="ascii")
    answer = motcua("--data", real.folder, "check")
    assert answer == "database_exchanged" if witness.isascii() and witness else answer["ok"]
