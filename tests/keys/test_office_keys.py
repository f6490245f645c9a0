"""Unlocking an office's database by recovery key, vault or password."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.key_file import parse_key_file, read_key_file, write_key_file
from app.keys.office_keys import OfficeKeys, create_key_file, unlock
from app.keys.sealing import SealBroken, new_secret, public_key_of, seal, unseal
from app.keys.vault import Vault
from app.models.errors import Fault, Refusal
from tests.support.vaults import BrokenVault, FileVault, HangingVault

NAME, PASSWORD, PIN = "Trần Thị Bình", "Đồng lúa 48 mùa", "246810"


class NoVault(Vault):
    """The vault of a machine without one."""

    def _with_timeout(self, call: Callable[[], Any]) -> None:
        return None


NO_VAULT = NoVault()


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    """Return a vault for this machine."""
    monkeypatch.setenv("MOTCUA_TEST_VAULT", str(tmp_path / "vault-of-the-system"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileVault())
    yield Vault()
    keyring.set_keyring(before)


class LockedOffice:
    """A folder with a key file, and its credentials."""

    def __init__(self, folder: Path, password: str = PASSWORD, vault: Vault = NO_VAULT) -> None:
        self.folder = folder
        self.key, self.recovery, keys = create_key_file(NAME, password, vault)
        write_key_file(folder / FILE_NAME, keys)
        self.keys = OfficeKeys(folder, self.key, vault, nullcontext)

    def open(self, vault: Vault = NO_VAULT, **credentials: str) -> bytes:
        return unlock(self.folder, UnlockCredentials(**credentials), lambda key: key == self.key, vault)

    def refusal_code(self, vault: Vault = NO_VAULT, **credentials: str) -> str:
        with pytest.raises((Refusal, Fault)) as caught:
            self.open(vault, **credentials)
        return caught.value.code


def test_only_password_and_recovery_key_unlock(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    assert office.open(name=NAME, password=PASSWORD) == office.key
    assert office.open(name=f"  {NAME} ", password="Đồng lúa 48 mùa") == office.key, "decomposed characters"
    assert office.open(recovery=office.recovery.lower()) == office.key
    assert office.refusal_code() == office.refusal_code(password=PASSWORD) == "user_missing"
    assert office.refusal_code(name="Người Lạ", password=PASSWORD) == "user_unknown"
    assert office.refusal_code(name=NAME) == "keys_password_missing"
    assert office.refusal_code(name=NAME, password=PASSWORD + " ") == "keys_password_wrong"


def test_recovery_key_of_another_office_is_wrong(tmp_path: Path) -> None:
    office, other = LockedOffice(tmp_path), create_key_file(NAME, PASSWORD, NO_VAULT)[1]
    assert office.refusal_code(recovery=other) == "recovery_key_wrong"


def test_key_file_contains_no_names_and_no_key(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    content = (tmp_path / FILE_NAME).read_text()
    assert "Trần" not in content and "Bình" not in str(json.loads(content))
    for secret in (office.key.hex(), office.recovery, office.recovery.replace("-", ""), PASSWORD):
        assert secret not in content


def test_vault_unlocks_without_credentials(tmp_path: Path, vault: Vault) -> None:
    office = LockedOffice(tmp_path, vault=vault)
    assert office.open(vault) == office.key
    assert office.key.hex() not in (tmp_path / "vault-of-the-system").read_text(), "the vault alone opens nothing"
    assert office.keys.status([NAME, "Người Khác"]).people == (NAME,)


def test_vault_does_not_replace_a_wrong_recovery_key(tmp_path: Path, vault: Vault) -> None:
    """A recovery key permits setting passwords, so it must be correct."""
    office, other = LockedOffice(tmp_path, vault=vault), create_key_file(NAME, PASSWORD, NO_VAULT)[1]
    assert office.open(vault) == office.key
    assert office.refusal_code(vault, recovery=other) == office.refusal_code(recovery=other)
    assert office.refusal_code(vault, recovery=other, name=NAME, password=PASSWORD) == office.refusal_code(
        recovery=other
    )
    assert office.open(vault, recovery=office.recovery) == office.key


def test_pin_unlocks_only_without_vault(tmp_path: Path, vault: Vault) -> None:
    assert LockedOffice(tmp_path, PIN, vault).refusal_code(name=NAME, password=PIN) == "vault_lost"
    office = LockedOffice(tmp_path, PIN)
    assert office.open(name=NAME, password=PIN) == office.key


def test_lost_vault_is_reported_and_recovery_key_unlocks(tmp_path: Path, vault: Vault) -> None:
    office = LockedOffice(tmp_path, PIN, vault)
    (tmp_path / "vault-of-the-system").unlink()
    assert office.refusal_code(vault, name=NAME, password=PIN) == office.refusal_code(vault, name=NAME) == "vault_lost"
    assert not office.keys.status([]).vault_opens
    assert office.open(vault, recovery=office.recovery) == office.key
    assert office.keys.enrol_vault() and office.keys.enrol_vault()
    assert office.open(vault) == office.key and len(read_key_file(tmp_path / FILE_NAME).slots_of("vault")) == 1


@pytest.mark.parametrize("backend", [HangingVault, BrokenVault])
def test_hanging_or_failing_vault_is_ignored(tmp_path: Path, vault: Vault, backend: type) -> None:
    office = LockedOffice(tmp_path, vault=vault)
    keyring.set_keyring(backend())
    impatient = Vault(timeout_s=0.05)
    assert office.open(impatient, name=NAME, password=PASSWORD) == office.key
    assert office.refusal_code(impatient, name="Người Khác") == "vault_lost"
    assert not LockedOffice(tmp_path, vault=impatient).keys.status([]).vault


def test_key_file_needs_a_vault_or_a_password() -> None:
    with pytest.raises(Refusal) as raised:
        create_key_file(NAME, "", NO_VAULT)
    assert raised.value.code == "keys_password_missing"


def test_both_passwords_unlock_during_a_change(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    with office.keys.password_changing(NAME, "Mưa rào tháng sáu"):
        assert office.open(name=NAME, password=PASSWORD) == office.open(name=NAME, password="Mưa rào tháng sáu")
    assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_password_wrong"
    with pytest.raises(ZeroDivisionError), office.keys.password_changing(NAME, PASSWORD):
        raise ZeroDivisionError
    assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_password_wrong"
    assert office.open(name=NAME, password="Mưa rào tháng sáu") == office.key


def test_second_password_and_its_removal(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    with office.keys.password_changing("Lò Văn Ơn", "khác hẳn người kia"):
        pass
    assert office.open(name="Lò Văn Ơn", password="khác hẳn người kia") == office.key
    office.keys.revoke_password("Lò Văn Ơn")
    assert office.refusal_code(name="Lò Văn Ơn", password="khác hẳn người kia") == "user_unknown"
    assert office.open(name=NAME, password=PASSWORD) == office.key


def test_recovery_key_is_replaced_once_recorded(tmp_path: Path) -> None:
    office, shown = LockedOffice(tmp_path), []

    def paper_jam(_key: str) -> None:
        raise OSError

    with pytest.raises(OSError):
        office.keys.replace_recovery_key(paper_jam)
    assert office.open(recovery=office.recovery) == office.key
    office.keys.replace_recovery_key(shown.append)
    assert office.open(recovery=shown[0]) == office.key
    assert office.refusal_code(recovery=office.recovery) == "recovery_key_wrong"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_interrupted_key_change_leaves_an_office_that_unlocks(tmp_path: Path, moment: str) -> None:
    office = LockedOffice(tmp_path)

    def encrypt(_old: bytes, new: bytes) -> None:
        if moment == "after":
            office.key = new  # power fails after the database is encrypted again
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.keys.change_key(encrypt)
    assert office.open(name=NAME, password=PASSWORD) == office.key
    assert (tmp_path / PENDING_FILE_NAME).exists() is (moment == "before")
    assert office.open(recovery=office.recovery) == office.key


def test_key_change_keeps_all_credentials(tmp_path: Path, vault: Vault) -> None:
    office = LockedOffice(tmp_path, vault=vault)
    former = office.key

    def encrypt(old: bytes, new: bytes) -> None:
        assert old == former
        office.key = new

    office.keys.change_key(encrypt)
    assert office.key != former
    for credentials in ({}, {"name": NAME, "password": PASSWORD}, {"recovery": office.recovery}):
        assert office.open(vault if not credentials else NO_VAULT, **credentials) == office.key


def test_forged_slot_is_never_sealed_for(tmp_path: Path) -> None:
    office, attacker = LockedOffice(tmp_path), new_secret()
    document = json.loads((tmp_path / FILE_NAME).read_text())
    document["slots"].append({**document["slots"][0], "who": "", "public": public_key_of(attacker).hex()})
    (tmp_path / FILE_NAME).write_text(json.dumps(document))
    assert office.open(name=NAME, password=PASSWORD) == office.key, "work goes on"
    assert not office.keys.status([]).genuine
    for change in (
        lambda: office.keys.change_key(lambda *_: None),
        lambda: office.keys.replace_recovery_key(lambda _: None),
    ):
        with pytest.raises(Fault) as fault:
            change()
        assert fault.value.code == "keys_tampered"


def damaged_contents(content: bytes) -> list[Callable[[], bytes]]:
    document = json.loads(content)
    slot = document["slots"][-1]
    return [
        lambda: b"",
        lambda: content[:100],
        lambda: b"[" * 100_000,
        lambda: json.dumps({**document, "slots": []}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "memory_kib": 10**9}]}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "sealed": "00"}]}).encode(),
        lambda: json.dumps({**document, "id": 7}).encode(),
    ]


def test_damaged_key_file_is_reported(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    content = (tmp_path / FILE_NAME).read_bytes()
    for spoil in damaged_contents(content):
        (tmp_path / FILE_NAME).write_bytes(spoil())
        assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_damaged"
    (tmp_path / FILE_NAME).write_text(json.dumps({**json.loads(content), "version": 2}))
    assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_newer"
    (tmp_path / FILE_NAME).unlink()
    assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_missing"


@given(st.binary(max_size=400))
def test_random_bytes_are_no_key_file(content: bytes) -> None:
    with pytest.raises(Fault):
        parse_key_file(content)


@given(st.binary(min_size=1, max_size=64), st.integers(0, 111), st.integers(1, 255))
def test_unseal_needs_same_secret_context_and_bytes(plain: bytes, place: int, change: int) -> None:
    secret = new_secret()
    sealed = bytearray(seal(plain, public_key_of(secret), b"about"))
    assert unseal(bytes(sealed), secret, b"about") == plain
    for secret_used, context in ((new_secret(), b"about"), (secret, b"other")):
        with pytest.raises(SealBroken):
            unseal(bytes(sealed), secret_used, context)
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), secret, b"about")
