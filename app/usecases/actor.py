"""Who works here: asked of the database at every start."""

from dataclasses import dataclass
from typing import Any

from app.models.values import Refusal, clean
from app.storage import office as rows
from app.storage.uow import Reading

TRAINER = "tap-huan"
"""Who acts in a training office when nobody was named."""
LONGEST_NAME = 120
"""Letters of a person's name in every event and every file that goes up."""


@dataclass(frozen=True)
class AskActor:
    """Who wants to work; empty where nobody was named."""

    name: str


def is_training(query: None, context: Any, work: Reading) -> bool:
    """Whether the database is for training: pretend time is then allowed, and papers bear MẪU."""
    return bool(rows.setting(work, "training"))


def name_told(text: str) -> str:
    """A name as somebody gives it, empty for none.

    Raises Refusal `text_too_long`.
    """
    name = clean(text)
    if len(name) > LONGEST_NAME:
        raise Refusal("text_too_long", "user", limit=LONGEST_NAME, length=len(name))
    return name


def known_actor(query: AskActor, context: Any, work: Reading) -> str:
    """The person as the office knows him. In training anybody may act; without a name the trainer does.

    Raises Refusal `text_too_long`, `user_missing`, `user_unknown`, `user_disabled`.
    """
    name = name_told(query.name)
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
