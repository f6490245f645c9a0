"""Một Cửa: counter program for commune one-stop offices.

Contents: one package per layer, `bootstrap` (composition root) and `settings` (the office file).
Imports: each package's card lists what it may import; only `bootstrap` may import every layer.
Callers: `main.py` and the console script `motcua`, both through `app.bootstrap.main`.
Example: `python main.py demo`.
"""
