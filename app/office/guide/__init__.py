"""First hour of an office: the guide from an empty folder to its end.

May import: `office` and everything below. Never: `ui`, `cli`, Qt; clocks and folders are arguments.
It checks each page, stores the answers between starts and founds the office in one act.
Callers: `bootstrap`, `ui.guide`, tests.
Example: `check_page(GuidePage.OFFICE, answers, places)`.
"""
