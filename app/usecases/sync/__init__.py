"""Sync: the next signed file, an earlier file, state of each record.

May import: `services` and below. Never: another use case, the network.
Callers: the sync page, `cli.commands.sync`.
Example: `export.build_bundle(BuildBundle(), context, work)`; `office.exchange.sync_export` stores what it builds.
"""
