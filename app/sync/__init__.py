"""Sync files: signed bundles and answers; the code of archived copies.

May import: the standard library, cryptography, zstandard, pyrage. Plain values in, plain values out.
Never: models, storage, screens, a clock. Only `gateway` may use the network.
Callers: `services`, `usecases.sync`, the receiver.
Example: `bundle.write_bundle(header, records, summary, signing_key, receiver=None)`.
"""
