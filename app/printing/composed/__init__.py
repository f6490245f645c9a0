"""Documents drawn from the blocks of their form.

May import: `models`, `wording`, `printing.documents`, `printing.layout`.
Callers: `printing.render`.
Example: `set_form(flow, document, layout, values, copy)` sets one copy.
"""
