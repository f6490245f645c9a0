"""Domain rules and database tables, without any input or output.

Contents: enums, errors, text, instants, codes, calendar, working days, people, dossier life cycle, tables.
May import: SQLAlchemy's schema classes, python-stdnum, `resource_files`, the standard library.
Never: sessions, clocks, Qt.
Time is always an argument.
Callers: every layer; the outer layers import only enums, errors, text, instants, codes and values.
Example: `transitions.decide(state, request)` returns the transitions of one action.
"""
