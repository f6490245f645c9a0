"""Page layout: fonts and text measurement, page flow, tables, heading, signature block, barcodes, canvas.

May import: reportlab, python-barcode, zxing-cpp, `wording`. Never: a document model's meaning, storage, Qt.
Lengths are points unless a name says otherwise.
Callers: `printing.forms`, `printing.render`.
Example: `barcode.code128(key)` returns whole printer dots at 203 dpi.
"""
