"""Database files as a whole: verify, finish, install, back up, find and thin out backups.

May import: `storage`, `models`, `disk`, sqlcipher3. Never: business rules, Vietnamese text, Qt, a clock.
Callers: `office`.
Example: `database_files.finish_database(file, key)` leaves one file without a log.
"""
