"""Procedure catalogue and calendar: search, tables, versions, decisions.

May import: `services` and below. Never: another use case.
Callers: the catalogue and calendar pages, `cli.commands.catalogue`, `cli.commands.calendar`.
Example: `procedures.find_procedures(FindProcedures("ks"), context, work)`.
"""
