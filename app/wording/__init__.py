"""Vietnamese text: refusals, proof lines, status names, dates and money; the same on screen and paper.

May import: the enums, errors, text and instants of `models`, the standard library. Never: rules, a database, Qt.
Every refusal sentence also says what to do.
Callers: `ui`, `cli`, `printing`, `services`, `usecases`.
Example: `refusals.sentence(Refusal("dossier_unknown"))`.
"""
