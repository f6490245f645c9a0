"""Pure parsing of scans.

Contents: keys, dossier codes in every spelling, aliases, QR codes of citizen cards and papers, repair of garbled text.
May import: the enums, errors, text, instants and codes of `models`, the standard library.
Never: a database, a device, Qt. An unknown code is a result (`UnknownScan`), not an error.
Callers: `usecases`.
Example: `scan.read_scan(text, "H29.12")` returns a `KeyScan`, `CodeScan`, `CardScan`, `PaperScan` or `UnknownScan`.
"""
