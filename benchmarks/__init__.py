"""Benchmarks: each speed promise as a ratio to its limit in the same run.

Contents: a generated office (in the system's temporary folder) and one module for each kind of promise.
May import: everything of `app`. Never: imported by `app`; a limit measured in another run.
Callers: `python -m benchmarks [NAME…] [--quick] [--json]`, CI, developers who change a hot path.
Example: `measurement.measure_interleaved(rounds)` alternates limit and subject, one ratio for each pair.
"""
