"""Parts of the records that go to the receiver.

They are the digest of a dossier's row and its supplement requests.
May import: storage and below. Never: other services, a use case.
Callers: `services.events`, `services.national_record`, `check`.
Example: `row_digest.stored_row_digests(work, row, key)`.
"""
