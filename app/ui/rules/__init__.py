"""Rules of the counter: notices, questions, reasons, terms, periods.

May import: `ui.kit`, use cases, `wording`. Never: another page.
Callers: `ui.shell`.
Example: `RulesPage(runner)`.
"""
