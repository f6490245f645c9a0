"""WHAT GOES UP: the signed file of an office's records, its answer, and the sealed code on the office's kept copy.

May import: the standard library, cryptography, zstandard, pyrage. Plain values in, plain values out.
Never: models, storage, screens or the clock; the network lives in `gateway` alone.
Called by: use cases (`bundle`, `records`, `ack`, `kept_copy`, `signing`), the composition root, and the receiving end.
Example: `write_bundle(header, records, summary, signing_key, receiver=None)`.
"""
