"""Documents: models, forms and page layout; PDF, XLSX and thermal bitmaps.

May import: the enums, errors, text, instants and codes of `models`, `wording`, reportlab, python-barcode, zxing-cpp.
Never: a clock, a session, Qt, the network. A document is a pure function of its model.
Callers: `office`, `services`, `usecases`, `benchmarks`.
Example: `render.render(receipt, PaperSize.A5)` returns the bytes of a PDF.
"""
