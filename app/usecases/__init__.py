"""Use cases: one function per verb or question, a frozen command in, a frozen result out. One folder per subject.

May import: `services` and everything below it. Never: another use case (contract `independence`), Qt, a clock.
Each one declares its permission, runs in one unit of work, and keeps nothing unless it commits.
Callers: `office.session.OfficeSession`, on behalf of `ui` and `cli`.
Example: `intake.accept.accept_dossier(command, context, work)`.
"""
