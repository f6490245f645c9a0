"""Users known when an office is opened, before anyone signs in."""

from app.models.errors import Refusal
from app.models.text import visible_text
from app.services.permissions import TRAINER
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading

MAX_NAME_LENGTH = 120
"""Characters of a user's name in every event and every sync file."""
NO_ACTOR = ""
"""The actor at the window before anyone signs in."""


def is_training(work: Reading) -> bool:
    """Return whether the database is for training.

    A training office accepts pretended time, and its documents are marked MẪU.
    """
    return bool(office_settings.setting(work, "training"))


def clean_user_name(text: str) -> str:
    """Return a typed user name, cleaned; empty for none.

    Raises Refusal `text_too_long`.
    """
    name = visible_text(text, "user")
    if len(name) > MAX_NAME_LENGTH:
        raise Refusal("text_too_long", "user", limit=MAX_NAME_LENGTH, length=len(name))
    return name


def find_actor(typed_name: str, work: Reading) -> str:
    """Return the user's name as the office knows it.

    A training office accepts any name, and the trainer without a name.

    Raises Refusal `text_too_long`, `user_missing`, `user_unknown`, `user_disabled`.
    """
    name = clean_user_name(typed_name)
    training = is_training(work)
    if not name:
        if training:
            return TRAINER
        raise Refusal("user_missing", "user")
    account = user_accounts.account(work, name)
    if account is None:
        if training:
            return name
        raise Refusal("user_unknown", "user", name=name[:60])
    if not account.active:
        raise Refusal("user_disabled", "user", name=account.name)
    return account.name
