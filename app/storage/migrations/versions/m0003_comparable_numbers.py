"""Store the searched numbers of people in comparable form.

`party.id_number` and `dossier.search_text` follow the rules of the program, because `check` calculates them again.
"""

import json

import sqlalchemy as sa
from alembic import op

from app.models.dossier import dossier_search_text
from app.models.values.numbers import searched_number

revision = "0003"
down_revision = "0002"

_PARTY = sa.table("party", *map(sa.column, ("id", "dossier_id", "id_number", "details")))
_DOSSIER = sa.table("dossier", *map(sa.column, ("id", "code", "key", "search_text")))
_ALIAS = sa.table("alias", *map(sa.column, ("dossier_id", "text")))
_BLOCK = 1000


def upgrade() -> None:
    """Rewrite the numbers and search texts that differ."""
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.select(_DOSSIER).where(_DOSSIER.c.id > last).order_by(_DOSSIER.c.id).limit(_BLOCK)
    ).all():
        first, last = rows[0].id, rows[-1].id
        people = _people(connection, first, last)
        aliases = _aliases(connection, first, last)
        for row in rows:
            text = dossier_search_text(people.get(row.id, []), [row.code, row.key, *aliases.get(row.id, [])])
            if text != row.search_text:
                connection.execute(sa.update(_DOSSIER).where(_DOSSIER.c.id == row.id).values(search_text=text))


def _people(connection: sa.Connection, first: int, last: int) -> dict[int, list[dict[str, str | None]]]:
    """Return the people by dossier; rewrite their numbers."""
    people: dict[int, list[dict[str, str | None]]] = {}
    among = _PARTY.c.dossier_id.between(first, last)
    for row in connection.execute(sa.select(_PARTY).where(among).order_by(_PARTY.c.id)).all():
        details = json.loads(row.details) if isinstance(row.details, str) else row.details
        people.setdefault(row.dossier_id, []).append(details)
        number = searched_number(row.id_number)
        if number != row.id_number:
            connection.execute(sa.update(_PARTY).where(_PARTY.c.id == row.id).values(id_number=number))
    return people


def _aliases(connection: sa.Connection, first: int, last: int) -> dict[int, list[str]]:
    aliases: dict[int, list[str]] = {}
    among = _ALIAS.c.dossier_id.between(first, last)
    for row in connection.execute(sa.select(_ALIAS).where(among).order_by(_ALIAS.c.text)).all():
        aliases.setdefault(row.dossier_id, []).append(row.text)
    return aliases
