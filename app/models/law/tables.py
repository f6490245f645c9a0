"""Tables of law packages and of the issuers that an office trusts."""

from sqlalchemy import Column, LargeBinary, String, Table, Text

from app.models.mapping import Day, Instant, Json, RowId, metadata, required

LawPackage = Table(
    "law_package",
    metadata,
    Column("id", RowId, primary_key=True),
    required("package_id", String(80), unique=True),
    required("title", Text),
    required("issuer", Text),
    required("decision", Text),
    required("valid_from", Day),
    required("made_at", Instant),
    required("public_key", String(64)),
    required("manifest_sha256", String(64)),
    required("file", LargeBinary),
    required("entered", Json),
    required("after_event", RowId),
    required("after_print", RowId),
    required("applied_at", Instant),
    required("applied_by", Text),
    Column("approved_by", Text),
    Column("reverted_at", Instant),
    Column("reverted_by", Text),
    Column("revert_note", Text),
)
"""Law package that an office has applied, kept whole with its signature.

`entered` lists the versions of procedures and the days that it entered; its rules are in `dated_rule` with its id as
`source`. `after_event` and `after_print` are the last rows of those tables at that moment: what was made under the
package follows them.
"""


LawIssuer = Table(
    "law_issuer",
    metadata,
    Column("public_key", String(64), primary_key=True),
    required("name", Text),
    required("confirmed_at", Instant),
    required("confirmed_by", Text),
    Column("approved_by", Text),
)
"""Issuer of law packages whose fingerprint a person with the right compared and confirmed."""
