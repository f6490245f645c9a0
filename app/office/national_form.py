"""Build the national form and record that it leaves the office.

The form is read on a snapshot and recorded in a short unit of work, so that intake does not wait meanwhile.
"""

from datetime import date, datetime

from app.office.desk import Desk
from app.usecases.sync.national import (
    BuildNationalForm,
    BuiltNationalForm,
    RecordNationalForm,
    build_national_form,
    record_national_form,
)


def export_national_form(office: Desk, first: date, last: date, at: datetime | None = None) -> BuiltNationalForm:
    """Return the national form of a period; the caller writes the file.

    It contains personal data. The access log has the export before the file exists.

    Raises Refusal `not_your_right`, `period_reversed`.
    """
    form: BuiltNationalForm = office.read(build_national_form, BuildNationalForm(first, last), at)
    office.write(record_national_form, RecordNationalForm(first, last, form.dossiers), at)
    return form
