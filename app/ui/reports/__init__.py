"""Report pages (F5): figures and charts.

May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`.
Example: `reports_page.ReportsPage`.
"""
