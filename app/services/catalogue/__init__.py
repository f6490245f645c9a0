"""Checks on the procedure catalogue that the editor and the import share.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.catalogue`.
Example: `checks` rejects a version that would strand dossiers in progress.
"""
