"""The service: wire and pages in one application, run by uvicorn.

May import: `hub.wire`, `hub.page`, `hub.storage`, `hub.keys`, starlette, uvicorn.
Never: the environment or a clock.
Callers: `hub.cli`, `hub.bootstrap`.
Example: `serve(create_app, ServerOptions(host, port, workers))`.
"""
