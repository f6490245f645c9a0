"""Law packages: verified, planned, entered, taken back, drafted.

May import: `storage`, `sync`, `wording`, `models` and services. Never: a commit, a right.
Callers: `usecases.law`, `services.packages`, `usecases.office`, `cli.commands.law`.
Example: `planning.plan_law(opened.open_law(data, "", context, work), context, work)`.
"""
