"""Forms: one module per family of forms, from document model to page flow.

May import: `printing.documents`, `printing.layout`, `wording`. Never: storage, a clock, Qt.
To add a form: add its model to `printing.documents`, its module here, and its entry in `printing.render`.
Callers: `printing.render`; test pages and cards are called by `usecases` directly.
Example: `receipt` lays out Mẫu số 01 of TT 03/2025/TT-VPCP.
"""
