"""The wire: files in, answers out, packages for offices.

May import: `app.sync`, `hub.ingest`, `hub.storage`, `hub.wording`, `hub.errors`, starlette.
Never: a clock; `Service.clock` is handed in.
Callers: `hub.server`.
Example: `POST /v1/bundles` with a file as its body answers with the signed ack.
"""
