"""Checks on the procedure catalogue that the editor and the import share.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.catalogue`.
Example: `checks.refuse_stranding(…)` rejects a version that begins before dossiers received under another one.
"""
