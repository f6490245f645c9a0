"""Documents: forms, reprints, registers, lists, exports, print queue.

May import: `services` and below. Never: another use case.
Callers: the print desk of the window, `cli.commands.print_documents`.
Example: `prepare.prepare_paper(PreparePaper(code, PaperForm.RECEIPT), context, work)`.
"""
