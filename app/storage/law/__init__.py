"""Statements on dated rules and on numbers of fee receipts.

May import: `models`, other modules of `storage`.
Callers: `services.law`, `services.acts`.
Example: `rules.stored_rules(work, "code_pattern")` returns the rules of a kind, in the order of entry.
"""
