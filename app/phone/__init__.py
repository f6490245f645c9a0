"""SMS through a GSM modem on a serial port, with AT commands.

May import: the standard library, pyserial. Plain values in, plain values out.
Never: models, storage, screens, a clock.
Callers: `office.sms_round`.
Example: `with Modem("/dev/ttyUSB0") as modem: modem.send("0905123456", "…")`.
"""
