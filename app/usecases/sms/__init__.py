"""SMS messages to citizens: outbox, opt-outs, result of each message.

May import: `services` and below. Never: another use case, the modem.
Callers: `office.sms_round`, the SMS page, `cli.commands.notices`.
Example: `outbox.list_sms(ListSms(waiting=True), context, work)`.
"""
