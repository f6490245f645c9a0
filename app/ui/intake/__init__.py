"""The intake page (F2): form, side panel, drafts, refusal at the counter.

Contents: `page` joins `form`, `side_panel`, `live_preview`, `draft`, `card_fill`, `preprinted_binder`, `turn_away`.
May import: `ui.kit`, `ui.printing`, `ui.devices`. Never: another page.
Callers: `ui.shell`.
Example: `page.IntakePage`.
"""
