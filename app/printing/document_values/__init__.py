"""Values of each document model, by the names that forms use.

May import: `models`, `wording`, `printing.documents`, `printing.composed.values`.
Callers: `printing.render`.
Example: `document_values(receipt).texts["due"]`.
"""
