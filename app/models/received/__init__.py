"""What comes from the receiver: tables, changes, portal states.

May import: `models`.
Callers: `storage.received`, `services.packages`.
Example: `portal.read_states(text)` returns the states of a table and its rejected rows.
"""
