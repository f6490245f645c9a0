"""Founding an office's database."""

import secrets
from dataclasses import dataclass
from uuid import uuid4

from app.models.catalogue import read_tsv
from app.models.procedures import to_row
from app.models.values import Refusal, clean
from app.storage import catalogue
from app.storage import office as rows
from app.storage.uow import Writing
from app.sync.signing import new_signing_key
from app.usecases.actor import LONGEST_NAME, TRAINER
from app.usecases.context import Context
from app.usecases.versions import FIRST_DAY


@dataclass(frozen=True)
class FoundOffice:
    """A new office: the starter catalogue's text, whether it is for training, its first person."""

    catalogue: str
    training: bool
    admin: str


@dataclass(frozen=True)
class Founded:
    """How many procedures the office starts with; a real one's recovery key, to be shown once."""

    procedures: int
    recovery_key: str = ""


def first_person(told: str, training: bool) -> str:
    """The name of the office's first person.

    Raises Refusal `admin_missing` for a real office without one, `text_too_long`.
    """
    admin = clean(told) or (TRAINER if training else "")
    if not admin:
        raise Refusal("admin_missing", "admin.name")
    if len(admin) > LONGEST_NAME:
        raise Refusal("text_too_long", "admin.name", limit=LONGEST_NAME, length=len(admin))
    return admin


def found_office(command: FoundOffice, context: Context, work: Writing) -> Founded:
    """Write what a database needs before its first dossier: its keys, its epoch, its first person, its catalogue.

    Raises Refusal `admin_missing` for a real office without a first person.
    """
    admin = first_person(command.admin, command.training)
    procedures, refused = read_tsv(command.catalogue)
    if refused:
        raise Refusal("catalogue_unreadable", None, row=refused[0][0], reason=refused[0][1].code)
    rows.keep_settings(
        work,
        {
            "training": command.training,
            "epoch": str(uuid4()),
            "signing_key": new_signing_key().hex(),
            "digest_key": secrets.token_bytes(32).hex(),
            "kept_copy_key": secrets.token_bytes(32).hex(),
            "founded_at": context.now.isoformat(),
        },
    )
    rows.add_user(work, admin, "administrator")
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
    work.commit()
    return Founded(len(procedures))
