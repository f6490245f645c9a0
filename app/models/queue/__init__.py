"""Rules of the queue in the hall: the pace of the day.

May import: the rest of `models`.
Callers: `services.queue`.
Example: `pace.pace_of_day(acts, now)`.
"""
