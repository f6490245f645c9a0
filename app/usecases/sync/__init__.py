"""Sync: the next signed file, an earlier file, state of each record.

May import: `services` and below. Never: another use case, the network.
Callers: the sync page, `cli.commands.reports`.
Example: `export.export_bundle(ExportBundle(), context, work)`.
"""
