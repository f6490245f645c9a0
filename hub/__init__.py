"""The receiver: takes sync files of a province into PostgreSQL.

A separate program, started by `python -m hub`.
May import: `app.sync`, `app.models.figures` and what these import; psycopg, starlette, uvicorn, jinja2, orjson, httpx.
Never: anything else of `app`, which never imports it.
Example: `python -m hub init`, `python -m hub enrol PUBLIC_KEY --agency H29.12`, `python -m hub serve`.
"""
