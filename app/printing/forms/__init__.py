"""Test pages, cards, tickets and posted sheets: one module each.

May import: `printing.documents`, `printing.layout`, `wording`. Never: storage, a clock, Qt.
Forms of dossiers are data (resources/forms), drawn in `printing.composed`.
Callers: `usecases`, `office`.
Example: `draw_shortcut_card("UBND xã …")`.
"""
