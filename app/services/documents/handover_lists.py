"""Hand-over lists (Phiếu bàn giao) of dossiers sent in one act.

The act is read from the events, so that its list can be printed at any later time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.forms.library import FormVersion
from app.models.text import clean
from app.printing.documents.dossier import Document, Handover
from app.printing.documents.serialize import from_json
from app.services.context import Context
from app.services.documents.office_forms import forms_on, printed_version
from app.services.documents.prepared import load_source
from app.services.documents.reprint import as_reprint
from app.services.documents.routing import handover_list
from app.services.dossier_detail import find_row
from app.storage import journal, office_settings
from app.storage.prints import handovers
from app.storage.uow import Reading

_CODE = re.compile(r"PBG-([0-9]{1,2})-([0-9]{1,12})")
_MOST_DOSSIERS = 500


@dataclass(frozen=True)
class HandoverAct:
    """Dossiers of one hand-over list.

    `at` is the instant of their act. Without it the last hand-over of each counts.
    """

    codes: tuple[str, ...]
    at: datetime | None = None


def handover_list_code(desk: int, sequence: int) -> str:
    """Return the code of a list from its desk and its first record."""
    return f"PBG-{desk:02d}-{sequence}"


def find_handover_act(code: str, work: Reading) -> HandoverAct:
    """Return the act with a list's code, or the last one of a dossier.

    Raises Refusal `handover_list_unknown`, `handover_list_none`, `dossier_unknown`.
    """
    match = _CODE.fullmatch(clean(code).upper())
    if match is None:
        row = find_row(work, code)
        members = handovers.last_handover_members(work, row.id)
        if not members:
            raise Refusal("handover_list_none", "code", code=row.code)
    else:
        members = handovers.handover_members(work, int(match[1]), int(match[2]))
        if not members:
            raise Refusal("handover_list_unknown", "code", code=code)
    return HandoverAct(tuple(dict.fromkeys(row.code for row in members)), members[0].occurred_at)


def handover_list_document(
    act: HandoverAct, context: Context, work: Reading
) -> tuple[Document, FormVersion, tuple[int, ...]]:
    """Return a hand-over list, its form and the ids of its dossiers.

    It is numbered as a reprint if the list of the same hand-over was printed before.
    Raises Refusal `missing`, `too_many`, `dossier_unknown`, `paper_not_sent`.
    """
    if not act.codes:
        raise Refusal("missing", "code")
    if len(act.codes) > _MOST_DOSSIERS:
        raise Refusal("too_many", "codes", most=_MOST_DOSSIERS)
    sources = [load_source(code, context, work) for code in act.codes]
    keys = office_settings.settings(work)
    version = forms_on(work, context.office, context.today).version(PaperForm.HANDOVER_LIST)
    document = handover_list(sources, version, keys, context, act.at)
    ids = tuple(dict.fromkeys(int(source.row.id) for source in sources))
    earlier = _find_earlier(document, work, ids)
    if earlier is None:
        return document, version, ids
    first, times = earlier
    version = printed_version(first, work)
    if version.digest != document.head.content:
        document = handover_list(sources, version, keys, context, act.at)
    return as_reprint(document, first, times), version, ids


def _find_earlier(document: Handover, work: Reading, ids: Sequence[int]) -> tuple[Document, int] | None:
    """Return the last print of the same hand-over and the reprint number."""
    for row in journal.earlier_prints(work, ids[0], PaperForm.HANDOVER_LIST):
        earlier = from_json(row.document)
        if isinstance(earlier, Handover) and _key(earlier) == _key(document):
            return earlier, row.reprint + 1
    return None


def _key(document: Handover) -> tuple[object, ...]:
    """Return the fields that identify a hand-over."""
    return document.receiver, document.at, frozenset(row.code for row in document.rows)
