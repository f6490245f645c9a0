"""Names of printed forms that have their own title only."""

import json

from app.models.enums import PaperForm
from app.models.forms.layout import FormLayout
from app.storage.prints.rows import WaitingPrintRow
from app.storage.rows import PrintRow

FEE_SLIP = "fee-slip"
"""The form of a payment when receipts are electronic."""


def own_name(form: PaperForm, layout: FormLayout) -> str:
    """Return the name of a form without another one, else empty.

    Such are forms that only data describes, and the slip in place of a fee receipt.
    """
    return layout.name if _is_named_by_title(form, layout.form) else ""


def printed_name(row: PrintRow | WaitingPrintRow) -> str:
    """Return the name of a printed form as `own_name` does."""
    if not row.content_title or not _is_named_by_title(row.form, row.content_form or ""):
        return ""
    title = json.loads(row.content_title) if row.content_title.startswith("[") else [row.content_title]
    return " ".join(map(str, title)).capitalize()


def _is_named_by_title(form: PaperForm, content_form: str) -> bool:
    return not form.is_known or content_form == FEE_SLIP
