"""The tables of the receiver.

Everything of a sender is under its `site_id`. The tables of `SITE_TABLES` are partitioned by its hash, and each of
their unique keys contains it. With `distributed` they are plain tables, so that Citus can distribute them by the same
column (docs/hub.md). A partition by month would accept a record's id twice.
"""

from collections.abc import Iterator

from hub.storage.database import Connection

SCHEMA = 1
"""Version of the tables. A receiver with other tables is not opened."""

PARTITIONS = 16

_SHARED = """
CREATE TABLE receiver (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    schema integer NOT NULL,
    training boolean NOT NULL,
    distributed boolean NOT NULL,
    receiver_signs text NOT NULL,
    receiver_key text NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE TABLE account (
    name text PRIMARY KEY,
    role text NOT NULL CHECK (role IN ('reader', 'registrar', 'administrator')),
    secret text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    wrong_tries integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    made_at timestamptz NOT NULL
);
CREATE TABLE session (
    token_sha256 bytea PRIMARY KEY,
    account text NOT NULL REFERENCES account (name),
    csrf text NOT NULL,
    begun_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE TABLE act (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    note text
);
CREATE TABLE field (
    field_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);
CREATE TABLE sender (
    site_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_key text NOT NULL UNIQUE,
    agency_code text NOT NULL,
    name text NOT NULL,
    enrolled_at timestamptz NOT NULL,
    blocked_at timestamptz,
    block_note text,
    workstation smallint,
    last_place bigint NOT NULL DEFAULT 0,
    epoch uuid,
    heard_at timestamptz
);
CREATE INDEX sender_agency_code ON sender (agency_code);
CREATE TABLE sender_agency (
    site_id integer NOT NULL REFERENCES sender,
    agency_code text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (site_id, agency_code)
);
CREATE TABLE knock (
    public_key text NOT NULL,
    agency_code text NOT NULL,
    office text NOT NULL,
    workstation smallint NOT NULL,
    training boolean NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    times bigint NOT NULL,
    PRIMARY KEY (public_key, agency_code)
);
CREATE TABLE package (
    number bigint PRIMARY KEY,
    kind text NOT NULL,
    agency text NOT NULL,
    title text NOT NULL,
    made_at timestamptz NOT NULL,
    content bytea NOT NULL
);
ALTER TABLE package ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE SEQUENCE fork_number;
"""

SITE_TABLES = {
    "epoch": """
        site_id integer NOT NULL,
        epoch uuid NOT NULL,
        last_sequence bigint NOT NULL,
        last_manifest text NOT NULL,
        first_place bigint NOT NULL,
        begun_at timestamptz NOT NULL,
        caught_up_at timestamptz,
        PRIMARY KEY (site_id, epoch)
    """,
    "file": """
        site_id integer NOT NULL,
        place bigint NOT NULL,
        epoch uuid NOT NULL,
        sequence bigint NOT NULL,
        manifest_sha256 text NOT NULL,
        agency_code text NOT NULL,
        workstation smallint NOT NULL,
        made_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        accepted integer NOT NULL,
        already integer NOT NULL,
        rejected integer NOT NULL,
        late boolean NOT NULL,
        displaced_at timestamptz,
        summary jsonb NOT NULL,
        content bytea NOT NULL,
        ack bytea NOT NULL,
        PRIMARY KEY (site_id, place),
        UNIQUE (site_id, manifest_sha256)
    """,
    "record": """
        site_id integer NOT NULL,
        id uuid NOT NULL,
        place bigint NOT NULL,
        line integer NOT NULL,
        workstation smallint NOT NULL,
        sequence bigint NOT NULL,
        type text NOT NULL,
        schema integer NOT NULL,
        occurred_at timestamptz NOT NULL,
        entered_at timestamptz NOT NULL,
        actor text NOT NULL,
        dossier text,
        hash bytea NOT NULL,
        occurred_day date NOT NULL,
        status text,
        outcome text,
        due_day date,
        closed_day date,
        payload jsonb NOT NULL,
        PRIMARY KEY (site_id, id)
    """,
    "rejection": """
        site_id integer NOT NULL,
        place bigint NOT NULL,
        line integer NOT NULL,
        id text NOT NULL,
        sequence bigint NOT NULL,
        type text NOT NULL,
        dossier text,
        reason text NOT NULL,
        rejected_at timestamptz NOT NULL,
        corrected_at timestamptz,
        PRIMARY KEY (site_id, place, line)
    """,
    "dossier": """
        site_id integer NOT NULL,
        field_id integer NOT NULL,
        received_day date NOT NULL,
        due_day date,
        closed_day date,
        online boolean NOT NULL,
        interrupted boolean NOT NULL,
        outcome text,
        status text NOT NULL,
        code text NOT NULL,
        place bigint NOT NULL,
        line integer NOT NULL,
        procedure_code text NOT NULL,
        procedure_name text NOT NULL,
        received_at timestamptz NOT NULL,
        original_due_at timestamptz,
        due_at timestamptz,
        closed_at timestamptz,
        returned_at timestamptz,
        PRIMARY KEY (site_id, code)
    """,
    "fork": """
        site_id integer NOT NULL,
        number bigint NOT NULL,
        epoch uuid NOT NULL,
        sequence bigint NOT NULL,
        known_sha256 text NOT NULL,
        found_sha256 text NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        times bigint NOT NULL,
        settled text CHECK (settled IN ('known', 'found')),
        settled_at timestamptz,
        settled_by text,
        note text,
        content bytea NOT NULL,
        PRIMARY KEY (site_id, number),
        UNIQUE (site_id, epoch, sequence, found_sha256)
    """,
    "forwarded": """
        site_id integer NOT NULL,
        place bigint NOT NULL,
        address text NOT NULL,
        at timestamptz NOT NULL,
        ack bytea NOT NULL,
        PRIMARY KEY (site_id, place, address)
    """,
}
"""Columns of the tables of one sender.

`place` counts the files of a sender in their order of acceptance. The state of a dossier is the one of its last
(`place`, `line`). A late file, one of an ended epoch, is kept without states.
"""

_INDEXES = """
CREATE UNIQUE INDEX file_in_order ON file (site_id, epoch, sequence) WHERE displaced_at IS NULL;
CREATE INDEX file_received ON file (site_id, received_at);
CREATE INDEX record_of_dossier ON record (site_id, dossier, place, line);
CREATE INDEX dossier_interrupted ON dossier (site_id, code) WHERE interrupted;
CREATE INDEX rejection_open ON rejection (site_id, dossier) WHERE corrected_at IS NULL;
"""

_COMPRESSED_ALREADY = (("file", "content"), ("file", "ack"), ("fork", "content"), ("forwarded", "ack"))


def create(connection: Connection, *, distributed: bool) -> None:
    """Create every table inside the caller's transaction.

    With `distributed` the tables of `SITE_TABLES` have no partitions.
    """
    for statement in _statements(distributed):
        connection.execute(statement.encode())


def _statements(distributed: bool) -> Iterator[str]:
    yield _SHARED
    for name, columns in SITE_TABLES.items():
        yield f"CREATE TABLE {name} ({columns})" + ("" if distributed else " PARTITION BY HASH (site_id)")
        if not distributed:
            yield from (_partition(name, number) for number in range(PARTITIONS))
    for name, column in _COMPRESSED_ALREADY:
        tables = [name] if distributed else [name, *(f"{name}_{number:02d}" for number in range(PARTITIONS))]
        yield from (f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL" for table in tables)
    yield _INDEXES


def _partition(name: str, number: int) -> str:
    bounds = f"WITH (MODULUS {PARTITIONS}, REMAINDER {number})"
    return f"CREATE TABLE {name}_{number:02d} PARTITION OF {name} FOR VALUES {bounds}"
