"""Tables from outside: CSV and XLSX files of other offices and programs.

Contents: decoding of old fonts and encodings, delimited text, workbooks, cells, headings in any order and spelling.
May import: the errors, text and instants of `models`, the standard library.
Never: a database, a clock, a formula's evaluation. Every size is limited before it is read.
Callers: `usecases`, `services`.
Example: `reading.read_sheet(content, "so-theo-doi.xlsx")` returns a `Sheet`; `headings.locate` finds its columns.
"""
