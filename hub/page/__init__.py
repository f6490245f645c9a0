"""The province's page: server-rendered, without JavaScript.

May import: `hub.ingest`, `hub.reports`, `hub.storage`, starlette, jinja2.
Never: `hub.wire`, a clock; personal data of citizens is left out of every page.
Callers: `hub.server`.
Example: `routes(PageSite(database, intake, receiver, clock))`.
"""
