"""Keys of an office: the database key and the credentials that unlock it.

May import: `disk`, `models.errors`, `models.text`, `models.signin`, PyNaCl, argon2, keyring.
Never: the database, Vietnamese wording, Qt, a clock. Keys are always written wrapped.
Callers: `bootstrap`, `cli`, `office`, `usecases`.
Example: `office_keys.unlock(folder, UnlockCredentials("", password), key_opens, vault)` returns the database key.
"""
