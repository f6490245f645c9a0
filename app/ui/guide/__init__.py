"""Window of the first hour: one question a page, from an empty folder.

May import: `ui.devices`, `ui.printing`, `ui.kit`, `office.guide`. Never: another page, a use case of a founded office.
`window.GuideWindow` shows the page of `office.guide.guide.Guide` and submits its answers.
Callers: `ui.shell`.
Example: `GuideWindow(guide).result` names the folder to open.
"""
