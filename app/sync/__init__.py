"""Sync files: signed bundles and answers; the code of archived copies.

May import: the standard library, PyNaCl, zstandard, pyrage; `gateway` alone httpx. Plain values in and out.
Never: models, storage, screens, a wall clock; the network outside `gateway`.
Callers: `services`, `usecases`.
Example: `bundle.write_bundle(header, records, summary, signing_key, receiver=None)`.
"""
