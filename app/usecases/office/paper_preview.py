"""Preview of a paper with other data of the office."""

from dataclasses import dataclass, replace

from app.models.codes import dossier_code, dossier_key
from app.models.enums import PaperForm, PaperSize, Right
from app.printing.documents.dossier import BlankReceipt
from app.printing.documents.parts import Identity
from app.services.context import Context
from app.services.documents.header import head, issue_lines
from app.services.documents.office_forms import forms_on
from app.services.documents.prepared import PreparedDocument, render_unrecorded
from app.services.permissions import requires
from app.settings import Office
from app.storage.uow import Reading

_FORM = "receipt-blank"


@dataclass(frozen=True)
class PreviewOfficePaper:
    """Query: a receipt without a name, as an office would print it."""

    office: Office


@requires(Right.EDIT_OFFICE)
def preview_office_paper(query: PreviewOfficePaper, context: Context, work: Reading) -> PreparedDocument:
    """Return a sample of the receipt; it takes no number and bears «MẪU»."""
    office, day = query.office, context.today
    shown = replace(context, office=office, training=True)
    version = forms_on(work, office, day).version(_FORM)
    code = dossier_code(office.agency_code, day, office.workstation, 1)
    key = dossier_key(office.agency_code, office.workstation, day, 1)
    lines = (f"Mã hồ sơ: {code}", *issue_lines(version, shown), f"Khóa: {key}")
    document = BlankReceipt(head(shown, version), Identity(code, key, "\n".join(lines), training=True))
    return render_unrecorded(document, version.layout, PaperForm.RECEIPT, PaperSize.A5)
