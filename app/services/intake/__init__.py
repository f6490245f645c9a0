"""Shared steps of intake: command, promised date and fee, registration, forwarding, pre-printed receipts.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.intake`, `usecases.catalogue`, `usecases.office`, other services.
Example: `command.AcceptDossier.read(line, today)` parses one intake line (INTERFACES §3).
"""
