"""The main window: frame, navigation, lock, sign-in, help, status line.

Contents: `application`, `window`, `frame`, `pages`, `page_signals`, `scan_router` and the pages of the window itself.
May import: every `ui` package. Never: a business rule.
Callers: `bootstrap`, through `application.open_window`.
Example: `pages.Pages` creates a page when it is first opened.
"""
