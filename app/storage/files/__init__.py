"""Database files: verify, finish, install; backups: write, find, remove.

May import: `storage`, `models`, `disk`, sqlcipher3. Never: business rules, Vietnamese text, Qt, a clock.
Callers: `office`.
Example: `database_files.finish_database(file, key)` leaves one file without a log.
"""
