"""Steps of single actions on a dossier: undo, amend, payment, return.

May import: what `services` may. Never: `usecases`.
Callers: `services.dossier_actions`, `services.documents`, `services.dossier_detail`, use cases.
Example: `undo.last_act(events, context)` returns the events that an undo reverses.
"""
