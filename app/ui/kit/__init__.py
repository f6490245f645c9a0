"""Building blocks of pages: widgets, style, tables, dialogs, the runner.

Contents: `page` (base class), `runner`, `widgets`, `tables`, `finder`, `layouts`, `style`, `icons` and small fields.
May import: Qt, `wording`, the shared parts of `models`. Never: a page, the shell.
Callers: every other `ui` package.
Example: `widgets.FieldBox("Họ và tên", QLineEdit())`, a field with its error line.
"""
