"""Page layout: text measurement, page flow, tables, heading, barcodes.

May import: reportlab, python-barcode, zxing-cpp, `models.errors`, `wording`, `printing.documents.parts`.
Never: other document models, storage, Qt.
Lengths are points unless a name has another unit.
Callers: `printing.forms`, `printing.render`.
Example: `barcode.key_barcode(key)` returns whole printer dots at 203 dpi.
"""
