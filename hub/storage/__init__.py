"""PostgreSQL: connections, tables and every statement of the receiver.

May import: psycopg, `hub.errors`.
Never: HTTP, files, a clock; instants are handed in.
Callers: every other package of `hub`. Answers are NamedTuples.
Example: `database.transaction()`, then `senders.lock(connection, key)`.
"""
