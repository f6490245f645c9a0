"""Law packages (F8): their list, and the dialog of one, old beside new.

May import: `ui.kit`, `ui.printing`, services, use cases, `wording`. Never: another page.
Callers: `ui.shell`.
Example: `LawDialog(runner, data, parent).load()`.
"""
