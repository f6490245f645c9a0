"""The dossier page: facts, timeline, actions, rating.

May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`.
Example: `page.DossierPage`.
"""
