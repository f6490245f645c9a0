"""The queue of the day as the desks, the kiosk and the display see it.

May import: `storage`, `printing`, `models`, `wording`. Never: a use case.
Callers: `usecases.citizens`.
Example: `view.read_queue(context, work)`.
"""
