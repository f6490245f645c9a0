"""Shared steps of intake: command, promise, registration, forwarding.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.intake`, `usecases.catalogue`, `usecases.office`, other services.
Example: `command.AcceptDossier.read(line, today)` parses one intake line (docs/formats.md).
"""
