"""WHAT REACHES A CITIZEN'S TELEPHONE: a GSM modem on a serial line, spoken to with AT commands.

May import: the standard library, pyserial. Plain texts in, plain outcomes out.
Never: models, storage, screens or the clock; it knows no dossier and keeps nothing.
Called by: use cases (`notice_round`). Example: `with Modem("/dev/ttyUSB0") as modem: modem.send("0905123456", "…")`.
"""
