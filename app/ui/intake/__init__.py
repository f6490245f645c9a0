"""The intake page (F2): form, side panel, citizen card, drafts, refusal at the counter.

May import: `ui.kit`, `ui.printing`, `ui.devices`. Never: another page.
Callers: `ui.shell`.
Example: `page.IntakePage`.
"""
