"""Report pages (F5): figures and charts.

May import: `ui.kit`, `ui.printing`. Never: another page.
Callers: `ui.shell`.
Example: `figures_page.ReportsPage`.
"""
