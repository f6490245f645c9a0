"""Law as dated data: rules, reliefs of fees, receipts, VietQR.

May import: other modules of `models`.
Callers: `services.law`, `services.acts`, `storage.law`.
Example: `rules_on(rules, "code_pattern", day)` returns the rules in force on a day.
"""
