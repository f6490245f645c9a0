"""What a scan means: key, dossier code in every spelling, alias, the square code of a citizen card with its repair.

May import: the enums, errors, text, instants and codes of `models`, the standard library.
Never: a database, a device, Qt. Text in, a frozen meaning out; a stranger is an answer, not an error.
Who calls it: `usecases`. Example: a citizen card whose letters a keyboard scanner garbled is read right again.
"""
