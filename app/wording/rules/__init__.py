"""Names of dated rules on screen.

May import: what `wording` may.
Callers: `ui.admin`.
Example: `counter.key_name("notice", "received.due")`.
"""
