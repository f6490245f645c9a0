"""Persistence of an office's data.

Contents: engines, units of work, statements, typed rows, migrations, backup files, the rollback guard.
May import: `models`, `disk`, SQLAlchemy, Alembic, sqlcipher3.
Never: business rules, Vietnamese text, Qt, a clock; no connection leaves its unit of work.
Callers: `services`, `usecases`, `office`, `bootstrap`.
Example: `with writing(database) as work: ...; work.commit()`.
"""
