"""Statements on prints and hand-overs.

Contents: typed rows, the queue of unprinted copies, hand-overs of several dossiers.

May import: other modules of `storage`.
Callers: `services.documents`, `usecases.documents`.
Example: `queue.unprinted_copies(work, since)`.
"""
