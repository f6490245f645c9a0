"""Use cases: one function per command or query, one folder per subject.

Commands, queries and results are frozen dataclasses.
May import: `services` and everything below it. Never: another use case (contract `independence`), Qt, a clock.
Each use case declares its permission, runs in one unit of work, and saves nothing unless it commits.
Callers: `office.session.OfficeSession`, on behalf of `ui` and `cli`.
Example: `intake.accept.accept_dossier(command, context, work)`.
"""
