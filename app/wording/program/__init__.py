"""Sentences about the program itself: its check of a machine, its updates.

May import: what `wording` may.
Callers: `cli`, `ui.admin`, `wording.refusals`, `wording.office_proof`.
Example: `self_check.verdict(True)` is the closing line of a good check.
"""
