"""Parts of the records of a dossier.

They are the digest of its row, its supplement requests and their papers, and the names of printed forms.
May import: `services.effective_events`, storage and below. Never: other services, a use case.
Callers: `services.events`, `services.national_record`, `services.dossier_actions`, `services.documents`, `check`.
Example: `row_digest.stored_row_digests(work, row, key)`.
"""
