"""Law as dated data: rules that begin on a day, reliefs of fees, receipts, VietQR.

May import: other modules of `models`.
Callers: `services.law`, `services.acts`, `storage.law`.
Example: `rules_on(rules, "code_pattern", day)` returns the rules in force on a day.
"""
