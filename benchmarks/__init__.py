"""Each promise of speed measured as a ratio to its limit, both in the same run, rounds interleaved.

Lives here: a generated office (kept in the system's temporary folder, never in the repository) and one file per
kind of promise. May import: everything of `app`. Never: imported by `app`; a limit that was not measured beside ours.
Who calls it: `python -m benchmarks [NAME…] [--quick] [--json]`, CI and whoever changes a hot path.
Example: `measurement.interleaved` alternates limit and subject, one ratio a pair.
"""
