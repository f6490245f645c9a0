"""List pages: worklist (F4), due board, look-up (F3), registers (F6), tray count.

May import: `ui.kit`, `ui.printing`. Never: another page. Order and limit come from the query.
Callers: `ui.shell`.
Example: `worklist.WorklistPage`.
"""
