"""Founding an office's database, and the facts every start asks of it."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from app.models.catalogue import read_tsv
from app.models.procedures import to_row
from app.models.values import Refusal, clean
from app.storage import catalogue
from app.storage import office as rows
from app.storage.uow import Reading, Writing
from app.sync.signing import new_signing_key
from app.usecases.context import Context
from app.usecases.versions import FIRST_DAY

TRAINER = "tap-huan"
LONGEST_NAME = 120
"""Letters of a person's name in every event and every file that goes up."""


@dataclass(frozen=True)
class FoundOffice:
    """A new office: the starter catalogue's text, whether it is for training, its first person."""

    catalogue: str
    training: bool
    admin: str


@dataclass(frozen=True)
class Founded:
    """How many procedures the office starts with."""

    procedures: int


@dataclass(frozen=True)
class AskActor:
    """Who wants to work; empty where nobody was named."""

    name: str


def found_office(command: FoundOffice, context: Context, work: Writing) -> Founded:
    """Write what a database needs before its first dossier: its keys, its epoch, its first person, its catalogue.

    Raises Refusal `admin_missing` for a real office without a first person.
    """
    admin = clean(command.admin) or (TRAINER if command.training else "")
    if not admin:
        raise Refusal("admin_missing", "admin.name")
    if len(admin) > LONGEST_NAME:
        raise Refusal("text_too_long", "admin.name", limit=LONGEST_NAME, length=len(admin))
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


def is_training(query: None, context: Any, work: Reading) -> bool:
    """Whether the database is for training: pretend time is then allowed, and papers bear MẪU."""
    return bool(rows.setting(work, "training"))


def known_actor(query: AskActor, context: Any, work: Reading) -> str:
    """The person as the office knows him. In training anybody may act; without a name the trainer does.

    Raises Refusal `text_too_long`, `user_missing`, `user_unknown`, `user_disabled`.
    """
    name = clean(query.name)
    if len(name) > LONGEST_NAME:
        raise Refusal("text_too_long", "user", limit=LONGEST_NAME, length=len(name))
    if bool(rows.setting(work, "training")):
        return name or TRAINER
    if not name:
        raise Refusal("user_missing", "user")
    known = rows.user(work, name)
    if known is None:
        raise Refusal("user_unknown", "user", name=query.name[:60])
    if not known[2]:
        raise Refusal("user_disabled", "user", name=known[0])
    return known[0]
