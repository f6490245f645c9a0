"""Sync files: signed bundles and answers; the code of archived copies.

May import: the standard library, cryptography, zstandard, pyrage. Plain values in, plain values out.
Never: models, storage, screens, a clock, the network.
Callers: `services`, `usecases`.
Example: `bundle.write_bundle(header, records, summary, signing_key, receiver=None)`.
"""
