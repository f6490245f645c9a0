"""Verify that an opened database and its key file are the office's own.

A forger can seal a key for every credential, because sealing needs public keys only. A forger cannot make the proof
of a slot, which needs its secret, nor a database with the private half of the identity that the proof names.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.disk import discard_file
from app.keys.credentials import UnlockCredentials
from app.keys.file_names import PENDING_FILE_NAME
from app.keys.identity import OfficeIdentity
from app.keys.key_file import USER, VAULT, KeyFile, Slot
from app.keys.office_keys import OfficeKeys, OpenedSlot, SlotMaker, password_secret
from app.keys.slot_register import SlotRegister
from app.keys.vault import Vault
from app.models.errors import Fault, Message, Refusal
from app.models.text import clean
from app.services.context import Context
from app.services.credentials import Credentials
from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault
from app.storage.rollback_guard import is_witnessed
from app.storage.uow import reading, writing
from app.usecases.office.office_proof import (
    ApproveUnproved,
    GetOfficeProof,
    OfficeProof,
    ReplaceSlots,
    SealOffice,
    approve_unproved,
    get_office_proof,
    replace_slots,
    seal_office,
)


@dataclass(frozen=True)
class Opening:
    """Credentials of an opening, and the context of what it records.

    `second` accepts an office that cannot prove itself, together with the user or the recovery key.
    """

    credentials: UnlockCredentials
    context: Context
    second: Credentials | None = None


def verify_office(database: Database, keys: OfficeKeys, opening: Opening) -> tuple[Message, ...]:
    """Verify an unlocked office and repair its key file.

    Returns what the user is to know. Afterwards `keys.identity` is set.

    Raises Fault `office_forged`, `keys_tampered`; Refusal `office_unproved` without a second person,
    `keys_slot_revoked`, `account_without_secret`, or like `approve_unproved`.
    """
    proof = _proof_of(database, keys.opened, opening.credentials)
    if proof.training:
        raise Fault("office_forged")
    if proof.identity is None or proof.register is None:
        return _seal_unproved(database, keys, opening)
    keys.identity = proof.identity
    accepted = _check_slot(proof, proof.identity, proof.register, keys, database, opening)
    page_due = (Message("recovery_page_due"),) if proof.recovery_page_due else ()
    return (*accepted, *_repair(database, keys, opening.context), *page_due)


def _proof_of(database: Database, opened: OpenedSlot, credentials: UnlockCredentials) -> OfficeProof:
    with reading(database) as work:
        return get_office_proof(GetOfficeProof(credentials.name if opened.slot.kind == USER else ""), None, work)


def is_proved(database: Database, opened: OpenedSlot) -> bool:
    """Return whether a slot proves that the database is the office's."""
    with reading(database) as work:
        proof = get_office_proof(GetOfficeProof(), None, work)
    return proof.identity is not None and opened.is_proved_for(proof.identity.public, proof.register)


def _check_slot(
    proof: OfficeProof,
    identity: OfficeIdentity,
    register: SlotRegister,
    keys: OfficeKeys,
    database: Database,
    opening: Opening,
) -> tuple[Message, ...]:
    opened = keys.opened
    registered = register.slot_with(opened.slot.public)
    if opened.keys.office not in (b"", identity.public) or opened.keys.id != register.id:
        raise Fault("office_forged")
    if registered is None:
        raise Refusal("keys_slot_revoked", "recovery_key" if opening.credentials.recovery else "password")
    if opened.slot.kind == USER and not proof.has_password:
        raise Refusal("account_without_secret", "user", name=clean(opening.credentials.name)[:60])
    if opened.is_proved_for(identity.public, register):
        return ()
    if opened.slot.proof or registered.proof:
        raise Fault("office_forged")
    if opened.slot.kind == USER:  # the sign-in proves it: a forger does not know the password that the database expects
        return ()
    first, second = _approved(database, opening)
    return (Message("office_accepted", {"first": first, "second": second}),)


def _approved(database: Database, opening: Opening) -> tuple[str, str]:
    """Return the two people who accept what cannot be proved.

    Raises Refusal `office_unproved` without a second person, or like `approve_unproved`.
    """
    if opening.second is None:
        raise Refusal("office_unproved", "second")
    credentials = opening.credentials
    first = Credentials(credentials.name, credentials.password)
    with writing(database) as work:
        command = ApproveUnproved(first, opening.second, bool(credentials.recovery.strip()))
        return approve_unproved(command, opening.context, work)


def _seal_unproved(database: Database, keys: OfficeKeys, opening: Opening) -> tuple[Message, ...]:
    """Accept an office of an earlier release once, and give it an identity."""
    opened = keys.opened
    if opened.keys.office or is_witnessed(database.file):
        raise Fault("office_forged")
    if not opened.keys.is_genuine(keys.key):
        raise Fault("keys_tampered")
    first, second = _approved(database, opening)
    keys.identity = OfficeIdentity.new()
    register = first_register(
        opened, keys.maker, known_secrets(opened, opening.credentials, opening.second, keys.vault)
    )
    with map_errors_to_fault(), keys.exclusive():
        with writing(database) as work:
            command = SealOffice(keys.identity, register, (first, second))
            registered = seal_office(command, opening.context, work)
        keys.write(registered)
    database.start_rollback_guard()
    return Message("office_accepted", {"first": first, "second": second}), Message("recovery_page_due")


def first_register(opened: OpenedSlot, maker: SlotMaker, secret_of: Callable[[Slot], bytes | None]) -> SlotRegister:
    """Return the first register of an earlier key file's slots.

    The slots whose secrets are known get their proof.
    """
    return SlotRegister(opened.keys.id, 1, maker.proved(opened.keys.slots, secret_of))


def known_secrets(
    opened: OpenedSlot, credentials: UnlockCredentials, second: Credentials | None, vault: Vault
) -> Callable[[Slot], bytes | None]:
    """Return the secrets of the slots that the credentials can open."""
    typed = {credentials.name: credentials.password} | ({} if second is None else {second.name: second.secret})
    people = {KeyFile(opened.keys.id).name_tag(clean(name)): password for name, password in typed.items() if password}

    def secret_of(slot: Slot) -> bytes | None:
        if slot.public == opened.slot.public:
            return opened.secret
        if slot.kind == VAULT:
            return vault.read(slot.who)
        if slot.kind == USER and slot.who in people:
            return password_secret(slot, people[slot.who])
        return None

    return secret_of


def _repair(database: Database, keys: OfficeKeys, context: Context) -> tuple[Message, ...]:
    """Bring key file and register to agree; return what was found.

    Another program that is changing the keys has its way.
    """
    pending = keys.folder / PENDING_FILE_NAME
    try:
        if not _findings(keys.read(), _proof_without_name(database), keys) and not pending.exists():
            return ()
        with map_errors_to_fault(), keys.exclusive():
            discard_file(pending)  # left by an interrupted change of the database key
            proof, file = _proof_without_name(database), keys.read()
            findings = _findings(file, proof, keys)
            if findings and proof.register is not None:
                _rewrite(database, keys, proof.register, proof.unregistered, findings, context)
            return findings
    except Fault as fault:
        return () if fault.code == "file_locked" else (Message("keys_not_repaired"),)


def _proof_without_name(database: Database) -> OfficeProof:
    with reading(database) as work:
        return get_office_proof(GetOfficeProof(), None, work)


def _rewrite(
    database: Database,
    keys: OfficeKeys,
    register: SlotRegister,
    without_user: tuple[Slot, ...],
    findings: tuple[Message, ...],
    context: Context,
) -> None:
    remaining = register.keeping(lambda slot: slot not in without_user)
    new = SlotRegister(remaining.id, register.serial + 1, remaining.slots)
    keys.write(new)
    with writing(database) as work:
        replace_slots(ReplaceSlots(new, ", ".join(finding.code for finding in findings)), context, work)


def _findings(file: KeyFile, proof: OfficeProof, keys: OfficeKeys) -> tuple[Message, ...]:
    register = proof.register
    if register is None:
        return ()
    findings = []
    registered = {slot.public for slot in register.slots} - {slot.public for slot in proof.unregistered}
    in_file = {slot.public for slot in file.slots}
    if file.serial < register.serial or not file.office:
        findings.append(Message("keys_older"))
    elif not file.is_genuine(keys.key):
        findings.append(Message("keys_changed_outside"))
    if in_file - registered:
        findings.append(Message("keys_slots_dropped", {"count": len(in_file - registered)}))
    elif registered - in_file or proof.unregistered:
        findings.append(Message("keys_slots_repaired"))
    return tuple(findings)
