"""Unlocking an office's database by recovery key, vault or password."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import FILE_NAME, PENDING_FILE_NAME
from app.keys.identity import OfficeIdentity, check_fingerprint, fingerprint
from app.keys.key_file import RECOVERY, USER, KeyFile, parse_key_file, read_key_file, write_key_file
from app.keys.office_keys import NewKeys, OfficeKeys, OpenedSlot, create_keys, unlock
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
        self.folder, self.identity = folder, OfficeIdentity.new()
        self.new = create_keys(NAME, password, vault, self.identity)
        self.key, self.recovery, self.register = self.new.key, self.new.recovery, self.new.register
        write_key_file(folder / FILE_NAME, self.new.file)
        opened = OpenedSlot(self.new.file, self.new.file.slots[0], b"", self.key)
        self.keys = OfficeKeys(folder, opened, vault, nullcontext)
        self.keys.identity = self.identity

    def open(self, vault: Vault = NO_VAULT, **credentials: str) -> bytes:
        return unlock(self.folder, UnlockCredentials(**credentials), lambda key: key == self.key, vault).key

    def refusal_code(self, vault: Vault = NO_VAULT, **credentials: str) -> str:
        with pytest.raises((Refusal, Fault)) as caught:
            self.open(vault, **credentials)
        return caught.value.code


def new_keys(password: str = PASSWORD, vault: Vault = NO_VAULT) -> NewKeys:
    return create_keys(NAME, password, vault, OfficeIdentity.new())


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
    office, other = LockedOffice(tmp_path), new_keys().recovery
    assert office.refusal_code(recovery=other) == "recovery_key_wrong"


def test_key_file_contains_no_names_and_no_key(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    content = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "Trần" not in content and "Bình" not in str(json.loads(content))
    for secret in (office.key.hex(), office.recovery, office.recovery.replace("-", ""), PASSWORD):
        assert secret not in content


def test_vault_unlocks_without_credentials(tmp_path: Path, vault: Vault) -> None:
    office = LockedOffice(tmp_path, vault=vault)
    assert office.open(vault) == office.key
    assert office.key.hex() not in (tmp_path / "vault-of-the-system").read_text(encoding="utf-8"), (
        "the vault alone opens nothing"
    )
    assert office.keys.status([NAME, "Người Khác"]).people == (NAME,)


def test_vault_does_not_replace_a_wrong_recovery_key(tmp_path: Path, vault: Vault) -> None:
    """A recovery key permits setting passwords, so it must be correct."""
    office, other = LockedOffice(tmp_path, vault=vault), new_keys().recovery
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
        new_keys("")
    assert raised.value.code == "keys_password_missing"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_interrupted_key_change_leaves_an_office_that_unlocks(tmp_path: Path, moment: str) -> None:
    office = LockedOffice(tmp_path)

    def encrypt(_old: bytes, new: bytes) -> None:
        if moment == "after":
            office.key = new  # power fails after the database is encrypted again
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.keys.change_key(office.register, encrypt)
    assert office.open(name=NAME, password=PASSWORD) == office.key
    assert (tmp_path / PENDING_FILE_NAME).exists() is (moment == "before")
    assert office.open(recovery=office.recovery) == office.key


def test_key_change_keeps_all_credentials(tmp_path: Path, vault: Vault) -> None:
    office = LockedOffice(tmp_path, vault=vault)
    former = office.key

    def encrypt(old: bytes, new: bytes) -> None:
        assert old == former
        office.key = new

    office.keys.change_key(office.register, encrypt)
    assert office.key != former
    for credentials in ({}, {"name": NAME, "password": PASSWORD}, {"recovery": office.recovery}):
        assert office.open(vault if not credentials else NO_VAULT, **credentials) == office.key


def forged(office: LockedOffice, proved: bool) -> tuple[bytes, KeyFile]:
    """Return a forged key and its key file, made from an office's key file.

    `proved` leaves the proofs of the slots in it.
    """
    key, identity, present = new_secret(), OfficeIdentity.new(), read_key_file(office.folder / FILE_NAME)
    slots = [slot if proved else replace(slot, proof=b"") for slot in present.slots]
    return key, KeyFile(present.id).sealed(key, slots, identity, 1)


@pytest.mark.parametrize("kind", [USER, RECOVERY])
def test_forged_key_file_is_refused(tmp_path: Path, kind: str) -> None:
    """It is signed and genuine under its key; the slots lack their proof."""
    office = LockedOffice(tmp_path)
    office.key, file = forged(office, proved=True)
    write_key_file(tmp_path / FILE_NAME, file)
    credentials = {"recovery": office.recovery} if kind == RECOVERY else {"name": NAME, "password": PASSWORD}
    assert file.is_genuine(office.key) and office.refusal_code(**credentials) == "keys_forged"


def test_key_sealed_under_the_office_name_is_not_signed(tmp_path: Path) -> None:
    """The proofs hold for the office, but the signature cannot be made."""
    office = LockedOffice(tmp_path)
    key, file = forged(office, proved=True)
    stolen = replace(file, office=office.identity.public)
    assert not replace(stolen, proof=stolen.proof_under(key)).is_genuine(key)


def test_slot_without_proof_proves_nothing(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    _key, file = forged(office, proved=False)
    secret = new_secret()
    opened = OpenedSlot(file, file.slots[0], secret, b"")
    assert not opened.is_proved_for(file.office) and not opened.is_proved_for(office.identity.public)


def test_fingerprint_is_compared_as_typed_or_scanned() -> None:
    office, other = OfficeIdentity.new().public, OfficeIdentity.new().public
    mark = fingerprint(office)
    assert [len(group) for group in mark.split("-")] == [4] * 6
    for typed in (mark, mark.lower().replace("-", " "), f"MCK1:ABCDEF.{mark}\n"):
        check_fingerprint(typed, office)
        with pytest.raises(Refusal) as refused:
            check_fingerprint(typed, other)
        assert refused.value.code == "fingerprint_wrong"
    for typed in ("", mark[:-1], mark + "A", "MCK1:ABCDEF"):
        with pytest.raises(Refusal) as refused:
            check_fingerprint(typed, office)
        assert refused.value.code == "fingerprint_shape"


def damaged_contents(content: bytes) -> list[Callable[[], bytes]]:
    document = json.loads(content)
    slot = document["slots"][-1]
    return [
        lambda: b"",
        lambda: content[:100],
        lambda: b"[" * 100_000,
        lambda: json.dumps({**document, "slots": []}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "memory_kib": 10**9}]}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "memory_kib": 1 << 18, "passes": 8}]}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "passes": 21}]}).encode(),
        lambda: json.dumps({**document, "slots": [slot] * 9}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "who": str(n)} for n in range(501)]}).encode(),
        lambda: json.dumps({**document, "office": "00"}).encode(),
        lambda: json.dumps({**document, "serial": -1}).encode(),
        lambda: json.dumps({**document, "slots": [{**slot, "sealed": "00"}]}).encode(),
        lambda: json.dumps({**document, "id": 7}).encode(),
    ]


def test_damaged_key_file_is_reported(tmp_path: Path) -> None:
    office = LockedOffice(tmp_path)
    content = (tmp_path / FILE_NAME).read_bytes()
    for spoil in damaged_contents(content):
        (tmp_path / FILE_NAME).write_bytes(spoil())
        assert office.refusal_code(name=NAME, password=PASSWORD) == "keys_damaged"
    (tmp_path / FILE_NAME).write_text(json.dumps({**json.loads(content), "version": 3}), encoding="utf-8")
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
