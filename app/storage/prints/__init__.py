"""Statements on prints.

Contents: typed rows, the queue of unprinted copies.

May import: other modules of `storage`.
Callers: `services.documents`, `usecases.documents`.
Example: `queue.unprinted_copies(work, since)`.
"""
