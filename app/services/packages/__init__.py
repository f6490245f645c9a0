"""Packages of the receiver: checked, planned and applied.

May import: `storage`, `sync`, `wording`, `models` and services. Never: a commit, a right.
Callers: `usecases.sync.packages`.
Example: `kinds.plan_package(checked.check_package(data, context, work), context, work)`.
"""
