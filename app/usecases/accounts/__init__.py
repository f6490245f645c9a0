"""Accounts: sign-in, users and roles, access log, permission to edit keys.

May import: `services` and below. Never: another use case.
Callers: the sign-in dialog, the users page, `cli.commands.users`, `office`.
Example: `users.add_user(AddUser("Lê Văn Hai", Role.CLERK), context, work)`.
"""
