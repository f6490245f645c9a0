"""What is seen: the window, its runner, scanner and printer, tables, widgets and style, one file per page.

May import: `usecases`, `wording`, `settings`, `models.values`, `models.codes`, Qt.
Never: a session, a rule of the counter, another page. Pages hand commands to `perform` and read frozen rows.
Who calls it: `bootstrap`, when the program opens its window. Example: the worklist, a table of frozen rows.
"""
