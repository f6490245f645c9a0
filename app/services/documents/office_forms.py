"""The forms that the office prints on a day, and the content of a print.

The day of a paper about one dossier is that of the dossier's receipt (+07:00), of other papers the day of the print.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.forms.library import FormLibrary, FormVersion, version_of
from app.models.forms.sets import FormSet
from app.models.law.rule import FORM, FORM_SET
from app.printing.document_values.registry import form_of
from app.printing.documents.dossier import Document
from app.printing.form_files import form_library, form_lines, shipped_library, shipped_version
from app.services.law.rules import stored_rules
from app.settings import Office
from app.storage.law import form_contents
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class OfficeForms:
    """The forms of an office on a day.

    `pinned` is the form of an earlier print, which a reprint keeps.
    """

    library: FormLibrary
    form_set: FormSet
    day: date
    pinned: FormVersion | None = None

    def version(self, form: str) -> FormVersion:
        """Return a form.

        Raises Refusal `form_unknown`.
        """
        if self.pinned is not None and self.pinned.layout.form == form:
            return self.pinned
        return self.library.version(self.form_set.key, form, self.day)

    def pin(self, version: FormVersion) -> "OfficeForms":
        """Return the forms with that of an earlier print."""
        return replace(self, form_set=version.form_set, pinned=version)


def office_library(work: Reading) -> FormLibrary:
    """Return the library of all sets: shipped ones and those of the office."""
    stored = (*stored_rules(work, FORM_SET), *stored_rules(work, FORM))
    lines = ({**asdict(rule), "valid_from": rule.valid_from.isoformat()} for rule in stored)
    return form_library((*form_lines(), *lines)) if stored else shipped_library()


def check_form_exists(form: PaperForm, work: Reading) -> None:
    """Check that the program or any set of forms has a form.

    Raises Refusal `form_unknown`.
    """
    if not form.is_known and all(entry.form != form for entry in office_library(work).entries):
        raise Refusal("form_unknown", "form", text=form[:40])


def forms_on(work: Reading, office: Office, day: date) -> OfficeForms:
    """Return the forms for dossiers received on a day."""
    library = office_library(work)
    return OfficeForms(library, library.set_on(office.form_set, office.form_set_from, day), day)


def printed_version(document: Document, work: Reading, forms: OfficeForms | None = None) -> FormVersion:
    """Return the form of a document, by the digest of its content.

    `forms` are those that it was built with, before its first print.

    Raises Refusal `paper_damaged` if the content of a print is neither kept nor in any set.
    """
    digest, form = document.head.content, form_of(document)
    if not digest:
        return shipped_version(document)
    if forms is not None and (version := forms.version(form)).digest == digest:
        return version
    library, content = office_library(work), form_contents.find_content(work, digest)
    if content is not None:
        return version_of(form, content, library.find_set(document.head.form_set) or library.sets[-1])
    known = library.find_version(form, digest)
    if known is None:
        raise Refusal("paper_damaged", template=document.template)
    return known


def keep_content(version: FormVersion, now: datetime, work: Writing) -> None:
    """Store the content of a form that is printed for the first time."""
    if not form_contents.has_content(work, version.digest):
        form_contents.add_content(work, version.digest, version.layout.form, version.content, now)
