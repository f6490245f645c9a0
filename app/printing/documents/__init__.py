"""Document models: the content of each form as frozen dataclasses.

May import: the enums, text and instants of `models`. Never: layout, reportlab, storage.
The print journal stores a model as JSON, so that a reprint is the same document.
Callers: `services.documents`, `usecases.documents`, `printing.forms`.
Example: `dossier.Receipt`, the content of Mẫu số 01.
"""
