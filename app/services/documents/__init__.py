"""Build document models from the journal, and render them.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.documents`, `usecases.intake`, `usecases.dossiers`.
Example: `reprint.now_or_again(form, about, work)` returns the stored document of an earlier print.
"""
