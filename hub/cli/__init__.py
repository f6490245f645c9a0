"""The commands of the receiver.

May import: every package of `hub` except `bootstrap`.
Never: a clock or the environment; both are handed in by `hub.bootstrap`.
Callers: `hub.bootstrap`.
Example: `run(["senders"], environment)` writes JSON lines to stdout and returns the exit status.
"""
