"""Citizens in the hall: queue numbers, ratings, feedback.

May import: `services` and below. Never: another use case.
Callers: the F12 pages, the kiosk, `cli.commands.citizens`.
Example: `queue.take_ticket(TakeTicket(), context, work)`.
"""
