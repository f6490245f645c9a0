"""Statements on what comes from the receiver, and on the national form.

May import: what `storage` may.
Callers: `services.packages`, `services.reporting`, `usecases.sync`.
Example: `packages.last_applied(work, key, "calendar")`.
"""
