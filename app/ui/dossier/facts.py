"""What is told about one dossier beside its way: people, papers, prints, money, in lines of words."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import Action, Handling, PaperForm
from app.services.dossier_detail import DetailFee, DossierDetail, PrintLine
from app.services.sms_lines import SmsLine
from app.ui.kit.dates import format_birth, format_instant, format_promise
from app.ui.printing.print_desk import short_name
from app.wording.citizens import face_name
from app.wording.numbers import money
from app.wording.sms import sms_situation_name, sms_status_name
from app.wording.status import channel_name, handling_name, print_name, return_by_name

PAPER_AFTER: Mapping[Action, PaperForm] = {
    Action.SEND: PaperForm.HANDOVER,
    Action.ASK_SUPPLEMENT: PaperForm.SUPPLEMENT,
    Action.SUPPLEMENT: PaperForm.SUPPLEMENT_RECEIPT,
    Action.REFUSE: PaperForm.REFUSAL,
    Action.APOLOGISE: PaperForm.APOLOGY,
    Action.STOP: PaperForm.STOP,
    Action.WITHDRAW: PaperForm.STOP,
    Action.RETURN: PaperForm.RETURN,
    Action.AMEND: PaperForm.RECEIPT,
    Action.PAY: PaperForm.FEE,
}
"""The paper that the office gives or keeps after an act."""


def papers_to_print(sheet: DossierDetail) -> tuple[PaperForm, ...]:
    """Papers there is something to print of: the receipt and the control slip always, the others once their act
    happened, the receipt of several dossiers once made. Whether one still applies is for the use case to say."""
    happened = {PAPER_AFTER[step.action] for step in sheet.steps if step.action in PAPER_AFTER}
    happened |= {PaperForm.RECEIPT, PaperForm.CONTROL} | ({PaperForm.FEE} if sheet.fee.paid else set())
    happened |= {line.form for line in sheet.prints if line.form == PaperForm.BATCH}
    return tuple(form for form in PaperForm if form in happened)


def due_text(sheet: DossierDetail) -> str:
    """The appointment, and lateness in a word."""
    if sheet.due_at is None:
        return "Chưa hẹn ngày trả"
    late = "Quá hạn · " if sheet.late else ""
    return f"{late}hẹn {format_promise(sheet.due_at)}"


def facts_text(sheet: DossierDetail) -> str:
    """People and matters, a line each; what is not known is not said."""
    same = sheet.submitter == sheet.applicant
    pairs = [
        ("Chủ hồ sơ", _person(sheet.applicant)),
        ("Người nộp", "" if same else _person(sheet.submitter)),
        ("Người ủy quyền", _person(sheet.principal or {})),
        ("Cấp thay cho", sheet.replaces or ""),
        ("Đã cấp thay bằng", sheet.replaced_by or ""),
        ("Kênh", channel_name(sheet.channel)),
        ("Tiếp nhận", format_instant(sheet.received_at)),
        ("Hẹn ban đầu", format_instant(sheet.original_due_at) if sheet.original_due_at != sheet.due_at else ""),
        ("Đang ở", sheet.holder),
        ("Xong lúc", format_instant(sheet.closed_at)),
        ("Trả lúc", format_instant(sheet.returned_at)),
        ("Công dân đánh giá", face_name(sheet.face) if sheet.face else ""),
        ("Số bộ", str(sheet.quantity)),
        ("Nhận kết quả", return_by_name(sheet.return_by)),
        ("Phí, lệ phí", _fee(sheet.fee)),
        ("Ghi chú", sheet.note or ""),
        *(("Tin nhắn", _notice(line)) for line in sheet.sms),
    ]
    return "\n".join(f"{name}: {said}" for name, said in pairs if said)


def _notice(line: SmsLine) -> str:
    when = format_instant(line.ended_at or line.made_at)
    return f"{sms_situation_name(line.situation)}, {sms_status_name(line.status)} {when}, số {line.phone}"


def _person(person: Mapping[str, Any]) -> str:
    keys = ("name", "id_number", "birth_date", "phone", "address", "email", "authority")
    said = (
        format_birth(str(person[key])) if key == "birth_date" else str(person[key]) for key in keys if person.get(key)
    )
    return " · ".join(said)


def _fee(fee: DetailFee) -> str:
    due = "chưa rõ" if fee.amount is None else money(fee.amount) if fee.amount else "không thu"
    paid = f", đã thu {money(fee.paid)}" if fee.paid else ""
    return f"{due}{paid}{f', biên lai {fee.receipt}' if fee.receipt else ''}"


def papers_text(papers: Sequence[Mapping[str, Any]]) -> str:
    """Papers, a line each, with handling and numbers."""
    if not papers:
        return "Không ghi giấy tờ nào."
    return "\n".join(f"{place}. {_paper(paper)}" for place, paper in enumerate(papers, 1))


def _paper(paper: Mapping[str, Any]) -> str:
    counts = ((int(paper.get("originals") or 0), "bản chính"), (int(paper.get("copies") or 0), "bản sao"))
    said = [handling_name(Handling(paper["handling"])), *(f"{number} {word}" for number, word in counts if number)]
    return f"{paper['name']} ({', '.join(said)})"


def prints_text(prints: Sequence[PrintLine]) -> str:
    """Copies, a line each, with what became of them."""
    if not prints:
        return "Chưa in giấy nào."
    return "\n".join(_print(line) for line in prints)


def _print(line: PrintLine) -> str:
    name = short_name(PaperForm(line.form))
    return f"{format_instant(line.at)}: {name}, liên {line.copy}, {print_name(line.status)}"
