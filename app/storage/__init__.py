"""Where it is kept: the encrypted database of one office, opened, locked, backed up and upgraded.

May import: `models`, SQLAlchemy, Alembic, sqlcipher3.
Never: a rule of the counter, Vietnamese wording, Qt, a clock. No session leaves its unit of work.
Who calls it: `usecases`, and `bootstrap`, which opens it. Example: `uow`, one unit of work per use case.
"""
