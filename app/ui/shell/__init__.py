"""The frame of the window: application, main window, navigation, lock, sign-in, help, status line.

May import: every `ui` package. Never: a business rule.
Callers: `bootstrap`, through `application.open_window`.
Example: `pages.Pages` creates a page when it is first opened.
"""
