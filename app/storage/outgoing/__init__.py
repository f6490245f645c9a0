"""Statements on what is sent: records, files, state of dossiers.

May import: what `storage` may. Never: services.
Callers: `services.sending`, use cases.
Example: `files.oldest_unanswered(work, epoch)`.
"""
