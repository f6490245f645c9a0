"""The functions of the commands, one module per subject.

May import: every package of `hub` except `bootstrap`.
Never: a clock or the environment.
Callers: `hub.cli.run`. Each function takes a `Request` and returns the exit status.
Example: `administration.enrol(request)`.
"""
