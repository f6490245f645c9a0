"""What is on paper: document models, letters, bars, page layout, one file per family of forms.

May import: `models.codes`, `models.values`, `wording`, reportlab, python-barcode, zxing-cpp.
Never: the clock, a session, Qt, the network; nothing is drawn that the document model does not say.
Who calls it: `usecases`, `benchmarks`. Example: `render.render(receipt, PaperSize.A5)`, the bytes of a PDF.
"""
