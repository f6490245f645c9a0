"""What is true: the shared words, the office's calendar and catalogue, a dossier and its journal, and their rules.

May import: SQLAlchemy's mapping, python-stdnum, holidays, the standard library.
Never: a session, a statement, a clock, Qt, any other room. Time comes in as an argument.
Who calls it: every room; the window, the terminal and the papers only `values` and `codes`. Example: `values.Refusal`.
"""
