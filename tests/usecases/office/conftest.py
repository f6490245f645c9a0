"""An office with rows in every table, for changes by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from app.models.enums import DayKind, PaperForm, PrintStatus, Role, SatisfactionFace
from app.models.journal import FeeReceiptNumber, FrozenReport
from app.models.office import DatedRule
from app.models.received.tables import PortalState, ReceivedPackage
from app.models.reports import DossierLateReason, PublishedProcedure, ReportText
from app.office.exchange.sync_export import export_bundle
from app.services.catalogue.calendar_changes import AddDecision
from app.services.dossier_detail import ShowDossier
from app.storage.uow import writing
from app.sync.signing import public_key
from app.sync.wire import fingerprint
from app.usecases.accounts.access_log import open_dossier
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.catalogue.calendar import add_decision
from app.usecases.citizens.feedback import AddFeedback, AnswerFeedback, add_feedback, answer_feedback
from app.usecases.citizens.queue import TakeTicket, take_ticket
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, record_prints
from app.usecases.intake.draft import SaveDraft, save_draft
from app.usecases.intake.preprinted import PrintPreprinted, print_preprinted
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from app.usecases.law.packages import ApplyLaw, apply_law
from app.usecases.sms.outbox import SetSmsEnabled, set_sms_enabled
from tests.support.offices import ADMIN, MORNING, Desk, desk_session, intake_line, reset_desk
from tests.usecases.law.samples import ISSUER_KEY, law_file

NAM = "Nguyễn Văn Nam"
"""A clerk of the office."""
FROZEN = {
    "name": "06a",
    "first_day": MORNING.date(),
    "last_day": MORNING.date(),
    "options": {},
    "actor": "Trần Thị Bình",
    "figures": {},
    "file_name": "06a.pdf",
    "sha256": "0" * 64,
    "content": b"%PDF",
}
RULE = {
    "kind": "fee_relief",
    "key": "relief-1",
    "value": {"name": "Miễn theo nghị quyết", "percent": 100},
    "decision": "12/NQ-HĐND",
    "source": "",
    "added_by": "Trần Thị Bình",
}
TEXT = {
    "report": "weekly",
    "block": "summary",
    "first": MORNING.date(),
    "last": MORNING.date(),
    "text": "Tuần này",
    "actor": ADMIN,
}
PACKAGE = {
    "public_key": "00",
    "number": 1,
    "kind": "catalogue",
    "title": "Danh mục",
    "manifest_sha256": "0" * 64,
    "file": b"PK",
}


@pytest.fixture(scope="module")
def full_office(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A training office with rows in every table, for changes by hand."""
    folder = tmp_path_factory.mktemp("full") / "office"
    folder.mkdir()
    for name in ("motcua.db", "office.toml"):
        (folder / name).write_bytes((office_templates[True] / name).read_bytes())
    with desk_session(folder) as desk:
        fill(desk)
        yield desk


def fill(desk: Desk) -> None:
    """Work at the desk until every table has rows."""

    def do(use_case: Any, command: Any) -> Any:
        return desk.office.write(use_case, command, MORNING)

    do(set_sms_enabled, SetSmsEnabled(True))
    do(add_user, AddUser(NAM, Role.CLERK, secret="480217"))
    do(add_decision, AddDecision(MORNING.date().replace(month=3, day=3), DayKind.OFF))
    code = desk.take_in().code
    desk.act(code, "send", to="Tư pháp")
    desk.act(code, "finish")
    export_bundle(desk.office, at=MORNING)
    desk.take_in(alias="DVC-1", request_id="yêu cầu 1")
    printed = do(prepare_paper, PreparePaper(code, PaperForm.RECEIPT))
    do(record_prints, RecordPrints(printed.print_ids, PrintStatus.PRINTED))
    do(open_dossier, ShowDossier(code))
    do(print_preprinted, PrintPreprinted(2))
    do(refuse_at_counter, RefuseAtCounter.read({**intake_line(), "reason": "Thiếu giấy chứng sinh"}, MORNING.date()))
    do(rate_dossier, RateDossier(code, SatisfactionFace.VERY_SATISFIED))
    number = do(add_feedback, AddFeedback("Chờ lâu")).number
    do(answer_feedback, AnswerFeedback(MORNING.year, number, "Đã thêm quầy"))
    with writing(desk.office._database) as work:
        work.write(insert(FrozenReport), {**FROZEN, "frozen_at": MORNING})
        work.write(insert(DatedRule), {**RULE, "valid_from": MORNING.date(), "added_at": MORNING})
        work.write(insert(DossierLateReason), {"dossier_id": 1, "reason_id": 1, "entered_at": MORNING, "actor": ADMIN})
        work.write(insert(ReportText), {**TEXT, "entered_at": MORNING})
        work.write(insert(PublishedProcedure), {"code": "2.000815", "published_on": MORNING.date(), "actor": ADMIN})
        work.write(insert(ReceivedPackage), {**PACKAGE, "made_at": MORNING, "received_at": MORNING})
        work.write(
            insert(PortalState), {"dossier_id": 1, "national_status": 2, "reported_at": MORNING, "package_id": 1}
        )
        number = {"year": 2027, "symbol": "1C27TAA", "number": 7, "dossier_id": 1}
        work.write(insert(FeeReceiptNumber), number)
        work.commit()
    group = {"kind": "fee_group", "key": "nhom", "value": {"name": "Nhóm thử", "percent": 10}}
    do(apply_law, ApplyLaw(law_file([group]), None, fingerprint(public_key(ISSUER_KEY))))
    do(take_ticket, TakeTicket())
    do(save_draft, SaveDraft({"name": "Đào"}))


@pytest.fixture
def changed_office(desk: Desk, full_office: Desk) -> Desk:
    """The shared desk with the rows of the full office."""
    reset_desk(desk, full_office.folder)
    return desk
