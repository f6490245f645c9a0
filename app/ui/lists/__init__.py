"""List pages (F3, F4, F6).

Contents: look-up (F3), worklist (F4), due board, registers (F6), tray count.

May import: `ui.kit`, `ui.printing`. Never: another page. Order and limit come from the query.
Callers: `ui.shell`.
Example: `worklist.WorklistPage`.
"""
