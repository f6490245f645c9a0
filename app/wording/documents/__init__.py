"""Text on documents: labels, fixed sentences and titles of each form.

May import: `wording`, the enums, errors, text and instants of `models`. Never: rules, a database, layout, Qt.
Callers: `printing.forms`, `services.documents`, `usecases.documents`.
Example: `forms.copy_line("Liên 1: Lưu", 1)`, the line below the title.
"""
