"""Text on documents: labels, fixed sentences and titles of each form.

May import: `wording`, the enums, errors, text and instants of `models`. Never: rules, a database, layout, Qt.
Callers: `printing.forms`, `services.documents`, `usecases.documents`.
Example: `forms.titles("receipt", "2025")`, the title of Mẫu số 01.
"""
