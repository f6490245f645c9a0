"""Steps that several use cases share, such as promise and numbering.

May import: `storage`, `printing`, `scanning`, `sync`, `settings`, `wording`, `models`. Never: `usecases`, Qt, a clock.
A service checks no permissions and does not commit. Exceptions: `permissions` checks rights; `credentials` checks
passwords and commits failed attempts.
Callers: `usecases`, `office`; the outer layers use its types.
Example: `numbering.next_code(context, day, work)` issues the next dossier code within the caller's transaction.
"""
