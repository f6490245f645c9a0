"""Statements of the integrity check on sealed rows and on dossiers.

May import: `storage`, `models`, SQLAlchemy. Never: business rules, Vietnamese text, a clock.
Callers: `services.integrity`.
Example: `seal_chain(work)` yields every seal in order.
"""
