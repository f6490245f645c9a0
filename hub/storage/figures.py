"""Counts for Biểu II.06a, from the dossiers and their records.

A dossier whose due day and end never changed is counted from its row. An interrupted one is counted from its last
record within the period, as the office itself does.
"""

from datetime import date
from typing import NamedTuple

from hub.storage.browse import DOSSIER, StoredDossierRow
from hub.storage.database import Connection


class CountRow(NamedTuple):
    """Columns of the table for one agency and field, in part.

    A pair may occur twice; the caller adds its rows.
    """

    agency_code: str
    field: str
    received_online: int
    received_direct_post: int
    carried_over: int
    resolved_early: int
    resolved_on_time: int
    resolved_late: int
    pending_in_time: int
    pending_late: int
    withdrawn: int
    returned_unresolved: int


_CLASS = """
    CASE
        WHEN NOT ({closed} IS NOT NULL AND {closed} <= %(last)s)
            THEN CASE WHEN {due} < %(judged)s AND NOT {waiting} THEN 5 ELSE 4 END
        WHEN {outcome} = 'finished' THEN CASE WHEN {closed} > {due} THEN 3 WHEN {closed} < {due} THEN 1 ELSE 2 END
        WHEN {outcome} IN ('stopped', 'withdrawn') THEN 6
        ELSE 7
    END
"""
_ARRIVAL = "CASE WHEN d.received_day < %(first)s THEN 2 WHEN d.online THEN 0 ELSE 1 END"
_OF_AGENCY = "(%(agency)s::text IS NULL OR d.site_id IN (SELECT site_id FROM sender WHERE agency_code = %(agency)s))"

_PLAIN = _CLASS.format(closed="d.closed_day", due="d.due_day", outcome="d.outcome", waiting="false")
_RECORDED = _CLASS.format(
    closed="r.closed_day",
    due="coalesce(r.due_day, CASE WHEN r.status IS NULL THEN d.due_day END)",
    outcome="r.outcome",
    waiting="coalesce(r.status IN ('supplement_asked', 'payment_due'), false)",
)

_PLAIN_DOSSIERS = f"""
        FROM dossier d
        WHERE NOT d.interrupted AND d.received_day <= %(last)s AND d.status <> 'void'
            AND (d.closed_day IS NULL OR d.closed_day >= %(first)s) AND {_OF_AGENCY}
"""
_INTERRUPTED_DOSSIERS = f"""
        FROM dossier d
        LEFT JOIN LATERAL (
            SELECT r.status, r.outcome, r.closed_day, r.due_day FROM record r
            WHERE r.site_id = d.site_id AND r.dossier = d.code AND r.occurred_day <= %(last)s
                AND r.status IS NOT NULL
            ORDER BY r.place DESC, r.line DESC LIMIT 1
        ) r ON true
        WHERE d.interrupted AND d.received_day <= %(last)s AND d.status <> 'void'
            AND (r.closed_day IS NULL OR r.closed_day >= %(first)s) AND {_OF_AGENCY}
"""

_STATEMENT = f"""
    WITH part AS (
        SELECT d.site_id, d.field_id, {_ARRIVAL} AS arrival, {_PLAIN} AS class, count(*) AS dossiers
        {_PLAIN_DOSSIERS} GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT d.site_id, d.field_id, {_ARRIVAL}, {_RECORDED}, count(*)
        {_INTERRUPTED_DOSSIERS} GROUP BY 1, 2, 3, 4
    )
    SELECT s.agency_code, f.name,
        sum(p.dossiers) FILTER (WHERE p.arrival = 0), sum(p.dossiers) FILTER (WHERE p.arrival = 1),
        sum(p.dossiers) FILTER (WHERE p.arrival = 2),
        sum(p.dossiers) FILTER (WHERE p.class = 1), sum(p.dossiers) FILTER (WHERE p.class = 2),
        sum(p.dossiers) FILTER (WHERE p.class = 3), sum(p.dossiers) FILTER (WHERE p.class = 4),
        sum(p.dossiers) FILTER (WHERE p.class = 5), sum(p.dossiers) FILTER (WHERE p.class = 6),
        sum(p.dossiers) FILTER (WHERE p.class = 7)
    FROM part p JOIN sender s USING (site_id) JOIN field f USING (field_id)
    GROUP BY s.agency_code, f.name ORDER BY s.agency_code, f.name
""".encode()


def counts(connection: Connection, first: date, last: date, today: date, agency: str | None = None) -> list[CountRow]:
    """Return the counts of a period by agency and field.

    In a period that has not ended, an open dossier is late only after its due day, not at the end of the period.
    """
    values = {"first": first, "last": last, "judged": min(last, today), "agency": agency}
    rows = connection.execute(_STATEMENT, values)
    return [CountRow(row[0], row[1], *(int(count or 0) for count in row[2:])) for row in rows]


class BehindQuery(NamedTuple):
    """The dossiers behind a figure: period, column, agency and field."""

    first: date
    last: date
    today: date
    column: str
    agency: str | None
    field: str | None


_COLUMN_CLASSES = {
    "resolved": (1, 2, 3),
    "resolved_early": (1,),
    "resolved_on_time": (2,),
    "resolved_late": (3,),
    "pending": (4, 5),
    "pending_in_time": (4,),
    "pending_late": (5,),
    "withdrawn": (6,),
    "returned_unresolved": (7,),
}
_COLUMN_ARRIVALS = {"received_online": (0,), "received_direct_post": (1,), "carried_over": (2,)}

_BEHIND = f"""
    WITH part AS (
        SELECT d.site_id, d.code, {_ARRIVAL} AS arrival, {_PLAIN} AS class
        {_PLAIN_DOSSIERS}
        UNION ALL
        SELECT d.site_id, d.code, {_ARRIVAL}, {_RECORDED}
        {_INTERRUPTED_DOSSIERS}
    )
    {DOSSIER} JOIN part p ON p.site_id = d.site_id AND p.code = d.code
    WHERE p.class = ANY(%(classes)s) AND p.arrival = ANY(%(arrivals)s)
        AND (%(field)s::text IS NULL OR f.name = %(field)s)
    ORDER BY d.received_at, s.agency_code, d.code LIMIT %(limit)s
""".encode()


def behind(connection: Connection, query: BehindQuery, limit: int) -> list[StoredDossierRow]:
    """Return the dossiers that a column counts, in order of intake.

    The conditions are those of `counts`.
    """
    values = {
        "first": query.first,
        "last": query.last,
        "judged": min(query.last, query.today),
        "agency": query.agency,
        "field": query.field,
        "classes": list(_COLUMN_CLASSES.get(query.column, range(1, 8))),
        "arrivals": list(_COLUMN_ARRIVALS.get(query.column, range(3))),
        "limit": limit,
    }
    return [StoredDossierRow(*row) for row in connection.execute(_BEHIND, values)]
