"""Sentences about the program itself: machine check, updates, office file.

May import: what `wording` may.
Callers: `cli`, `ui.admin`, `ui.settings`, `services.office_file`, `wording`.
Example: `self_check.verdict(True)` is the closing line of a good check.
"""
