"""Shared steps of intake: the command, the promised date and fee, forwarding, preprinted receipts.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.intake`, `usecases.dossiers`, `services.dossier_actions`.
Example: `command.AcceptDossier.read(line)` validates one intake line (INTERFACES §3).
"""
