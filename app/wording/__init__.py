"""Vietnamese text, the same on screen and paper.

Contents: refusals, proof lines, status names, forms, official letters, dates and money.
May import: the enums, errors, text and instants of `models`, the standard library. Never: rules, a database, Qt.
Every refusal sentence includes the remedy.
Callers: every layer above.
Example: `refusals.error_sentence(Refusal("dossier_unknown"))`.
"""
