"""Initial content of an office's database."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from app.models.catalogue import read_tsv
from app.models.enums import Role
from app.models.errors import Refusal
from app.models.procedures import to_row
from app.models.rights import EVERYDAY_ROLES
from app.models.signin import check_strength
from app.models.text import visible_text
from app.services.actor import MAX_NAME_LENGTH
from app.services.context import Context
from app.services.credentials import hash_secret
from app.services.law_packages.first_laws import enter_shipped_laws
from app.services.permissions import TRAINER, public
from app.services.records.schema import RECORD_SCHEMA, SCHEMA
from app.services.versions import FIRST_DAY
from app.storage import catalogue, office_settings, user_accounts
from app.storage.uow import Writing
from app.sync.signing import new_signing_key
from app.wording.refusals import error_sentence


@dataclass(frozen=True)
class InitialiseOffice:
    """Command: initialise a database with the first user and the catalogue.

    `secret` is the first user's password or PIN; a training office has none.
    `hash_cost` overrides the default argon2id cost. `key_settings` are the identity and the key slots of a real office.
    """

    catalogue: str
    training: bool
    admin: str
    secret: str = field(default="", repr=False)
    hash_cost: tuple[int, int] | None = None
    key_settings: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class CreatedOffice:
    """Number of procedures; what a real office shows once.

    That is its recovery key and the fingerprint of its identity.
    """

    procedures: int
    recovery_key: str = ""
    fingerprint: str = ""


def first_user_name(name: str, training: bool) -> str:
    """Return the name of the office's first user.

    Raises Refusal `admin_missing` for a real office without one, `text_too_long`.
    """
    admin = visible_text(name, "admin.name") or (TRAINER if training else "")
    if not admin:
        raise Refusal("admin_missing", "admin.name")
    if len(admin) > MAX_NAME_LENGTH:
        raise Refusal("text_too_long", "admin.name", limit=MAX_NAME_LENGTH, length=len(admin))
    return admin


@public("the office has no users yet")
def initialise_office(command: InitialiseOffice, context: Context, work: Writing) -> CreatedOffice:
    """Write settings, keys, epoch, first user and catalogue of a database.

    Raises Refusal `admin_missing` for a real office without a first user, `secret_missing`, or like `check_strength`.
    """
    admin = first_user_name(command.admin, command.training)
    if not command.training:
        check_strength(command.secret, admin)
    procedures, refused = read_tsv(command.catalogue)
    if refused:
        raise Refusal("catalogue_unreadable", None, row=refused[0][0], reason=error_sentence(refused[0][1]))
    office_settings.save_settings(
        work,
        {
            "training": command.training,
            "epoch": str(uuid4()),
            office_settings.SIGNING_KEY: new_signing_key().hex(),
            "digest_key": secrets.token_bytes(32).hex(),
            office_settings.ARCHIVE_KEY: secrets.token_bytes(32).hex(),
            "founded_at": context.now.isoformat(),
            RECORD_SCHEMA: SCHEMA,
            **command.key_settings,
        },
    )
    _add_first_user(admin, command, work)
    catalogue.add_versions(
        work,
        [
            {
                "code": p.code,
                "version": 1,
                "valid_from": p.valid_from or FIRST_DAY,
                "name": p.name,
                "field": p.field,
                "facts": to_row(p),
            }
            for p in procedures
        ],
    )
    enter_shipped_laws(context, work)
    work.commit()
    return CreatedOffice(len(procedures))


def _add_first_user(name: str, command: InitialiseOffice, work: Writing) -> None:
    """Add the first user as administrator with all everyday roles."""
    first = {
        "name": name,
        "role": Role.ADMINISTRATOR,
        "also": " ".join(EVERYDAY_ROLES),
        "active": True,
        "secret": hash_secret(command.secret, command.hash_cost) if command.secret else None,
    }
    user_accounts.add_account(work, first)
