"""Sentences about tables of other programs.

Contents: imports of registers, late lists of the provincial system, previews of a catalogue.
May import: `models`, `wording`. Never: storage, use cases.
Callers: use cases, `ui`, `cli`.
Example: `register_import`.
"""
