"""Who works here: asked of the database at every start."""

from dataclasses import dataclass
from typing import Any

from app.models.errors import Refusal
from app.models.text import clean
from app.services.permissions import TRAINER, public
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading

MAX_NAME_LENGTH = 120
"""Letters of a person's name in every event and every file that goes up."""


@dataclass(frozen=True)
class FindActor:
    """Who wants to work; empty where nobody was named."""

    name: str


@dataclass(frozen=True)
class Actor:
    """A person as the office knows him, and whether he has a password or PIN yet."""

    name: str
    has_secret: bool


NO_ACTOR = Actor("", False)
"""Before somebody signs in at the window."""


@public("asked before anybody is known")
def is_training(query: None, context: Any, work: Reading) -> bool:
    """Whether the database is for training: pretend time is then allowed, and papers bear MẪU."""
    return bool(office_settings.setting(work, "training"))


def clean_user_name(text: str) -> str:
    """A name as somebody gives it, empty for none.

    Raises Refusal `text_too_long`.
    """
    name = clean(text)
    if len(name) > MAX_NAME_LENGTH:
        raise Refusal("text_too_long", "user", limit=MAX_NAME_LENGTH, length=len(name))
    return name


@public("asked before anybody is known")
def find_actor(query: FindActor, context: Any, work: Reading) -> Actor:
    """The person as the office knows him. In training anybody may act, without a name the trainer does.

    Raises Refusal `text_too_long`, `user_missing`, `user_unknown`, `user_disabled`.
    """
    name = clean_user_name(query.name)
    training = bool(office_settings.setting(work, "training"))
    if not name:
        if training:
            return Actor(TRAINER, False)
        raise Refusal("user_missing", "user")
    account = user_accounts.account(work, name)
    if account is None and training:
        return Actor(name, False)
    if account is None:
        raise Refusal("user_unknown", "user", name=name[:60])
    if not account.active:
        raise Refusal("user_disabled", "user", name=account.name)
    return Actor(account.name, account.secret is not None)
