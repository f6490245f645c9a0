"""A throw-away PostgreSQL, for trials, tests and benchmarks.

May import: the standard library, psycopg.
Never: the other packages of `hub`; a receiver never starts its own database.
Callers: the demonstration, tests, benchmarks.
Example: `with PostgresServer.temporary() as server: server.create_database("hub")`.
"""
