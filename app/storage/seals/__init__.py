"""Seals of rows that no event covers: a keyed, append-only chain.

Contents: the sealed tables with their digests, the writer that seals at every commit.
May import: `models`, SQLAlchemy. Never: business rules, Vietnamese text, a clock.
Callers: `storage.uow`, migrations, `services.integrity`.
Example: `seal_changes(connection)` seals what the transaction has written.
"""
