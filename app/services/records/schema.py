"""Schema of the records that a desk sends."""

SCHEMA = 2
"""Version of a payload. Since 2 it has `state` and `row_digest`; schema 1 is still read."""
RECORD_SCHEMA = "record_schema"
"""The setting with the schema that every dossier has a record of."""
