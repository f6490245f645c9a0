"""Text of what the receiver sends, and of the national form.

May import: what `wording` may.
Callers: `services`, `cli`, `ui`.
Example: `packages.kind_name("calendar")` is «lịch làm việc».
"""
