"""Texts of the dossier page: people, papers, prints and fees."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.enums import Action, Handling, PaperForm
from app.services.dossier_detail import DetailFee, DossierDetail, OtherCode, PrintLine
from app.services.sms_lines import SmsLine
from app.ui.kit.dates import format_birth, format_instant, format_promise
from app.ui.printing.job import SLIP_NAME
from app.ui.printing.print_desk import short_name
from app.wording.citizens import face_name
from app.wording.numbers import money
from app.wording.sms import sms_status_name
from app.wording.status import channel_name, handling_name, print_name, return_by_name

PAPER_AFTER: Mapping[Action, PaperForm] = {
    Action.SEND: PaperForm.HANDOVER,
    Action.ASK_SUPPLEMENT: PaperForm.SUPPLEMENT,
    Action.SUPPLEMENT: PaperForm.SUPPLEMENT_RECEIPT,
    Action.ASK_PAYMENT: PaperForm.PAYMENT,
    Action.REFUSE: PaperForm.REFUSAL,
    Action.APOLOGISE: PaperForm.APOLOGY,
    Action.STOP: PaperForm.STOP,
    Action.WITHDRAW: PaperForm.STOP,
    Action.RETURN: PaperForm.RETURN,
    Action.AMEND: PaperForm.RECEIPT,
    Action.PAY: PaperForm.FEE,
}
"""The paper that belongs to an action."""


def alias_text(alias: OtherCode) -> str:
    """Return a code given elsewhere with its system: «G12-1 (Hộ tịch)»."""
    return f"{alias.code} ({alias.system})" if alias.system else alias.code


def papers_to_print(detail: DossierDetail) -> tuple[PaperForm, ...]:
    """Return the forms that can be printed for a dossier.

    Receipt and control slip are always included, other papers after their action, and the receipt of several dossiers
    once it was printed. The use case refuses a paper that no longer applies.
    """
    forms = {PAPER_AFTER[step.action] for step in detail.steps if step.action in PAPER_AFTER and not step.undone}
    forms |= {PaperForm.RECEIPT, PaperForm.CONTROL} | ({PaperForm.FEE} if detail.fee.paid else set())
    forms |= {line.form for line in detail.prints if line.form == PaperForm.BATCH}
    return tuple(form for form in PaperForm if form in forms)


def paper_name(detail: DossierDetail, form: PaperForm) -> str:
    """Return the name of a paper of a dossier within a sentence."""
    return SLIP_NAME if form == PaperForm.FEE and detail.fee_slips else short_name(form)


def due_text(detail: DossierDetail) -> str:
    """Return the promised date, marked if the dossier is late."""
    if detail.due_at is None:
        return "Chưa hẹn ngày trả"
    late = "Quá hạn · " if detail.late else ""
    return f"{late}hẹn {format_promise(detail.due_at)}"


def fact_pairs(detail: DossierDetail) -> tuple[tuple[str, str], ...]:
    """Return the facts of a dossier as caption and text."""
    same = detail.submitter == detail.applicant
    return (
        *_person_pairs("Chủ hồ sơ", detail.applicant),
        *(() if same else _person_pairs("Người nộp", detail.submitter)),
        *(pair for person in detail.co_applicants for pair in _person_pairs("Cùng yêu cầu", person)),
        *_person_pairs("Người ủy quyền", detail.principal or {}),
        ("Cấp thay cho", detail.replaces or ""),
        ("Đã cấp thay bằng", detail.replaced_by or ""),
        ("Kênh", channel_name(detail.channel)),
        ("Tiếp nhận", format_instant(detail.received_at)),
        ("Nơi nhận hồ sơ", detail.place or ""),
        (
            "Mốc tính trễ hạn" if detail.second_limit else "Hẹn ban đầu",
            format_instant(detail.original_due_at) if detail.original_due_at != detail.due_at else "",
        ),
        ("Đang ở", detail.holder),
        ("Xong lúc", format_instant(detail.closed_at)),
        ("Trả lúc", format_instant(detail.returned_at)),
        ("Công dân đánh giá", face_name(detail.face) if detail.face else ""),
        ("Số bộ", str(detail.quantity)),
        ("Nhận kết quả", return_by_name(detail.return_by)),
        ("Số trang bản chính", str(detail.fee_facts.get("pages") or "")),
        ("Phí, lệ phí", _fee(detail.fee)),
        ("Miễn, giảm", _relief(detail.fee_facts)),
        ("Ghi chú", detail.note or ""),
        *(("Tin nhắn", _sms(line)) for line in detail.sms),
    )


def _sms(line: SmsLine) -> str:
    when = format_instant(line.ended_at or line.made_at)
    return f"{line.name}, {sms_status_name(line.status)} {when}, số {line.phone}"


def _person_pairs(caption: str, person: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the lines of a person: identity first, then how to reach them."""
    birth = person.get("birth_date")
    identity = (person.get("name"), person.get("id_number"), birth and f"sinh {format_birth(str(birth))}")
    contact = (person.get("phone"), person.get("email"), person.get("authority"))
    return (
        (caption, _joined(identity)),
        ("Địa chỉ", _joined((person.get("address"),))),
        ("Liên hệ, ủy quyền" if person.get("authority") else "Liên hệ", _joined(contact)),
    )


def _joined(texts: Sequence[object]) -> str:
    return " · ".join(str(text) for text in texts if text)


def _fee(fee: DetailFee) -> str:
    due = "chưa rõ" if fee.amount is None else money(fee.amount) if fee.amount else "không thu"
    paid = f", đã thu {money(fee.paid)}" if fee.paid else ""
    return f"{due}{paid}{f', biên lai {fee.receipt}' if fee.receipt else ''}"


def _relief(facts: Mapping[str, Any]) -> str:
    """Return the relief with its decision, or the declared reason."""
    relief, reason = facts.get("relief"), facts.get("exempt")
    if relief:
        return f"{relief['name']} ({relief['decision']})" if relief["decision"] else str(relief["name"])
    return reason if isinstance(reason, str) else ""


def papers_text(papers: Sequence[Mapping[str, Any]]) -> str:
    """Return one line for each paper, with handling and counts."""
    if not papers:
        return "Không ghi giấy tờ nào."
    return "\n".join(f"{place}. {_paper(paper)}" for place, paper in enumerate(papers, 1))


def _paper(paper: Mapping[str, Any]) -> str:
    counts = ((int(paper.get("originals") or 0), "bản chính"), (int(paper.get("copies") or 0), "bản sao"))
    parts = [handling_name(Handling(paper["handling"])), *(f"{number} {word}" for number, word in counts if number)]
    return f"{paper['name']} ({', '.join(parts)})"


def prints_text(prints: Sequence[PrintLine]) -> str:
    """Return one line for each printed copy, with its status."""
    if not prints:
        return "Chưa in giấy nào."
    return "\n".join(_print(line) for line in prints)


def _print(line: PrintLine) -> str:
    name = short_name(PaperForm(line.form), line.title)
    return f"{format_instant(line.at)}: {name}, liên {line.copy}, {print_name(line.status)}"
