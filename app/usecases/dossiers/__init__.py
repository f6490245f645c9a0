"""Dossiers in progress: search, scan, worklist, actions, bulk, due board.

May import: `services` and below. Never: another use case.
Callers: the dossier page, the lists, the kiosk, `cli.commands.dossiers`, `cli.commands.bulk`.
Example: `actions.act_on_dossier(ActOnDossier(code, Action.SEND, to="Nguyễn Văn Nam"), context, work)`.
"""
