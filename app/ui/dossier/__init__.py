"""The dossier page: facts, timeline, actions.

Contents: `page`, with `actions` (buttons and form), `facts` (texts) and `timeline` (drawing).
May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`.
Example: `page.DossierPage`.
"""
