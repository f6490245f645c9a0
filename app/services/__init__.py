"""Steps that several use cases share: promise, numbering, event recording, document building, figures.

May import: `storage`, `printing`, `scanning`, `sync`, `settings`, `wording`, `models`. Never: `usecases`, Qt, a clock.
A service checks no permissions and does not commit; `permissions` and `credentials` are the exceptions to the first.
Callers: `usecases`, `office`.
Example: `numbering.next_number(...)` issues the next dossier code within the caller's transaction.
"""
