"""Calls that differ between operating systems, besides files.

Contents: `connection`, `folders`, `drives`, `uptime`, `console`, `crash_dumps`, `freed_memory`, `log_file`,
`program_folder`, `sounds`.
May import: the standard library and `app.disk`.
Callers: `bootstrap`, `cli`, `office`, `storage` and `ui`.
Example: `uptime.uptime()`.
"""
