"""Sending to the receiver: files, answers, and when to try again.

May import: storage and below. Never: a use case, the network.
Callers: use cases of sync, of the office and of dossiers.
Example: `files.next_file(context, work, MAX_RECORDS)`.
"""
