"""Build document models from the journal, and render them.

May import: what `services` may. Never: `usecases`.
Callers: `usecases.documents`, `usecases.intake`, `usecases.dossiers`.
Example: `reprint.current_or_reprint(form, source, work)` returns the stored document of an earlier print, or a new one.
"""
