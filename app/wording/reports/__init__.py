"""Text of reports: headings, definitions, notes, values of cells.

May import: what `wording` may. Never: a report's figures.
Callers: `printing.reports`, `services.reporting`, `ui.reports`, `cli.commands`.
Example: `values.cell_text(98.45, "percent")` returns «98,45 %».
"""
