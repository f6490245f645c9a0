"""What locks it: a real office's database key, wrapped for the system's vault, for passwords and for the recovery key.

May import: `models.enums`, `models.errors`, `models.text`, cryptography, argon2, keyring.
Never: the database itself, Vietnamese wording, Qt, a clock. No key is ever written as it is.
Who calls it: `bootstrap`, which hands the key to storage. Example: `unlock`, the key by what one has.
"""
