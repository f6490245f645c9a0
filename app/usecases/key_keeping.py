"""Who may change how the office's database is locked."""

from app.models.values import Right
from app.storage.uow import Reading
from app.usecases.context import Context
from app.usecases.rights import needs


@needs(Right.EDIT_KEYS)
def mind_keys(query: None, context: Context, work: Reading) -> None:
    """Nothing, where the person at work may change the office's keys; its recovery key needs no person.

    Raises Refusal `not_your_right`.
    """
