"""Intake: accept, preview, drafts, reissue, preprinted receipts, refusal.

May import: `services` and below. Never: another use case.
Callers: the intake page, `cli.commands.dossiers`, `cli.commands.blanks`.
Example: `accept.accept_dossier(AcceptDossier(...), context, work)`.
"""
