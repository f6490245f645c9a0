"""Một Cửa, the counter program of a commune's one-stop office.

Lives here: one package per room, with `bootstrap` (wires them), `settings` (this machine) and `cli` (the terminal).
May import: what its room card allows; `bootstrap` alone knows everyone. Never: `hub`, the receiving end of sync.
Who calls it: `main.py` and the console script `motcua`, both through `app.bootstrap.main`.
"""
