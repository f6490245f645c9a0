"""Forms that a law package changes, each on an invented document."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.models.forms.layout import FormLayout
from app.models.forms.library import FormLibrary, FormVersion
from app.models.forms.reading import read_form_key
from app.models.law.rule import FORM, FORM_SET, Rule
from app.printing.documents.dossier import Document
from app.printing.documents.samples import sample_document
from app.printing.form_files import form_library, form_lines
from app.printing.render import render
from app.services.context import Context
from app.services.documents.header import head
from app.services.documents.office_forms import office_library
from app.services.law.rules import stored_rules
from app.services.law_packages.opened import OpenedLaw
from app.storage.uow import Reading

_SERIAL = "15"
_DAY_BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class FormSample:
    """A form of a set on a day, and an invented document to print on it."""

    layout: FormLayout
    document: Document

    @property
    def paper(self) -> PaperSize:
        """The first sheet of the form."""
        return next((each for each in self.layout.papers if each is not PaperSize.ROLL_80), PaperSize.ROLL_80)

    def render(self) -> bytes:
        """Return the PDF of the document. Raises like `printing.render`."""
        return render(self.document, self.paper, layout=self.layout)


@dataclass(frozen=True)
class FormChange:
    """A form as the office prints it before a package and after.

    `kind` and `key` are those of the change. `old` is None for a form that the office does not have.
    """

    kind: str
    key: str
    old: FormSample | None
    new: FormSample


def form_changes(law: OpenedLaw, context: Context, work: Reading) -> tuple[FormChange, ...]:
    """Return the forms of a package, and a receipt for each set that it names.

    Raises Refusal like `FormLibrary.version` for a form that is based on nothing.
    """
    rules = [rule for rule in law.content.rules if rule.kind in (FORM, FORM_SET)]
    return tuple(_changes(rules, context, work)) if rules else ()


def _changes(rules: list[Rule], context: Context, work: Reading) -> Iterator[FormChange]:
    before, after = office_library(work), _library_with(rules, work)
    for rule in rules:
        form_set, form = _form_of(rule)
        old = _printed_before(before, form, rule.valid_from - _DAY_BEFORE, context)
        new = after.version(form_set, form, rule.valid_from)
        yield FormChange(rule.kind, rule.key, None if old is None else _sample(old, context), _sample(new, context))


def _form_of(rule: Rule) -> tuple[str, str]:
    if rule.kind == FORM_SET:
        return rule.key, PaperForm.RECEIPT
    key = read_form_key(rule.key)
    return key.form_set, key.form


def _library_with(rules: list[Rule], work: Reading) -> FormLibrary:
    stored = (*stored_rules(work, FORM_SET), *stored_rules(work, FORM), *rules)
    return form_library((*form_lines(), *({**asdict(one), "valid_from": one.valid_from.isoformat()} for one in stored)))


def _printed_before(library: FormLibrary, form: str, day: date, context: Context) -> FormVersion | None:
    office = context.office
    form_set = library.set_on(office.form_set, office.form_set_from, day)
    try:
        return library.version(form_set.key, form, day)
    except Refusal:
        return None


def _sample(version: FormVersion, context: Context) -> FormSample:
    return FormSample(version.layout, sample_document(version.layout.form, head(context, version, _SERIAL)))
