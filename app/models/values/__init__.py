"""Values that people spell in several ways, read by one rule each.

Contents: numbers of people and bodies, phones, typed days, Vietnamese order, canonical JSON with its keyed digests.
May import: `models.text`, the standard library. Never: tables, clocks.
Callers: models, search, use cases, the window's fields, tables from outside.
Example: `comparable_number("0101234567-001")` returns `0101234567001`.
"""
