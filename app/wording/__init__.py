"""How it is said: Vietnamese for every code of the house, one file per subject, the same on screen and paper.

May import: `models.values`, the standard library.
Never: a rule, a database, Qt. A sentence that refuses also says what to do.
Who calls it: `ui`, `cli`, `printing`, `usecases`. Example: `refusals`, the sentence for each code of a `Refusal`.
"""
