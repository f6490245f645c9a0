"""Law packages: shown, applied by two people, listed, taken back.

May import: `services` and below. Never: another use case.
Callers: the law page, `cli.commands.law`.
Example: `packages.show_law(ShowLaw(data), context, work)` returns what a package would change.
"""
