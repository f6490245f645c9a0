"""Pages of the offices: by lag, one office, its dossiers and records."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.models.figures import COLUMNS
from app.sync.ack import ACCEPTED, ALREADY, read_ack
from hub.page import words
from hub.page.endpoint import NOT_FOUND, page_of
from hub.page.site import Html, Redirect, Reply, Visit
from hub.reports.figures_06a import figures_06a, to_json
from hub.storage import browse, lists, senders
from hub.storage.browse import PAGE_ROWS
from hub.storage.receiver import record_act
from hub.storage.senders import SenderRow
from hub.wording import rejection_reason


@dataclass(frozen=True)
class SummaryDifference:
    """A figure of the office's own report that differs here."""

    first: str
    last: str
    column: str
    office: int
    here: int


def communes(visit: Visit) -> Reply:
    """Show every office, the longest silent first."""
    rows = lists.lag(visit.connection)
    lines = [(row, *words.silence(row.last_file_at, visit.now)) for row in rows]
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("files", "records", "rejected", "forks")}
    silent = sum(level != "done" for _row, _silence, level in lines)
    return Html("communes.html", {"title": "Các cơ quan", "lines": lines, "sums": sums, "silent": silent})


def files(visit: Visit) -> Reply:
    """Show the files of all offices, the newest first."""
    rows, more = page_of(browse.newest_files(visit.connection, visit.number("page")), PAGE_ROWS)
    return Html("files.html", {"title": "Tệp đã nhận", "rows": rows, "more": more, "page": visit.number("page")})


def commune(visit: Visit) -> Reply:
    """Show one office with its files and dossiers."""
    sender = senders.sender_of_site(visit.connection, visit.path["site_id"])
    if sender is None:
        return NOT_FOUND
    code_words, page, file_page = visit.query.get("code", "")[:64], visit.number("page"), visit.number("file_page")
    dossiers, more_dossiers = page_of(browse.dossiers(visit.connection, sender.site_id, code_words, page), PAGE_ROWS)
    files, more_files = page_of(browse.files(visit.connection, sender.site_id, file_page), PAGE_ROWS)
    values = {
        "title": f"{sender.agency_code} · {sender.name}",
        "sender": sender,
        "dossiers": dossiers,
        "more_dossiers": more_dossiers,
        "files": files,
        "more_files": more_files,
        "code": code_words,
        "page": page,
        "file_page": file_page,
        "differences": summary_differences(visit, sender),
    }
    return Html("commune.html", values)


def summary_differences(visit: Visit, sender: SenderRow) -> list[SummaryDifference]:
    """Return the figures of the newest file that differ from those here.

    They are compared once the records of the file's summary have all arrived, and only for an office with one desk,
    because a summary is of one desk.
    """
    newest = browse.newest_summary(visit.connection, sender.site_id)
    desks = [row for row in senders.all_senders(visit.connection) if row.agency_code == sender.agency_code]
    if newest is None or len(desks) != 1:
        return []
    last_record = newest.summary.get("last_record")
    if type(last_record) is not int or last_record > (newest.record_to or 0):
        return []
    differences: list[SummaryDifference] = []
    for report in newest.summary.get("reports", []):
        differences += _differences(visit, sender, report, newest.made_at.astimezone(visit.now.tzinfo).date())
    return differences


def _differences(visit: Visit, sender: SenderRow, report: object, today: date) -> list[SummaryDifference]:
    try:
        period, total = report["period"], report["total"]  # type: ignore[index]
        first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
        office = {name: int(total[name]) for name in COLUMNS}
    except (TypeError, KeyError, ValueError, OverflowError):
        return []
    if first > last:
        return []
    here = to_json(figures_06a(visit.connection, first, last, today, agency=sender.agency_code))["total"]
    return [
        SummaryDifference(words.day(first), words.day(last), words.COLUMNS[name], office[name], here[name])
        for name in COLUMNS
        if office[name] != here[name]
    ]


def block(visit: Visit) -> Reply:
    """Block the key of an office, with a note."""
    sender, note = senders.sender_of_site(visit.connection, visit.path["site_id"]), visit.form.get("note", "").strip()
    if sender is None:
        return NOT_FOUND
    if not note:
        return Html("refusal.html", {"words": "Ghi lý do khóa rồi làm lại."}, 422)
    senders.block(visit.connection, sender.public_key, note[:500], visit.now)
    record_act(visit.connection, visit.now, visit.account, "block", sender.public_key, note[:500])
    return Redirect(f"/communes/{sender.site_id}")


def dossier(visit: Visit) -> Reply:
    """Show one dossier with its records, without personal data."""
    site_id, code = visit.path["site_id"], visit.path["code"]
    row = browse.dossier(visit.connection, site_id, code)
    if row is None:
        return NOT_FOUND
    records = browse.records_of_dossier(visit.connection, site_id, code)
    return Html("dossier.html", {"title": code, "dossier": row, "records": records})


def records(visit: Visit) -> Reply:
    """Show the records of an office, or of one of its files."""
    sender = senders.sender_of_site(visit.connection, visit.path["site_id"])
    if sender is None:
        return NOT_FOUND
    place = visit.number("place") or None
    rows, more = page_of(
        browse.records_of_site(visit.connection, sender.site_id, place, visit.number("page")), PAGE_ROWS
    )
    rejections = [] if place is None else browse.rejections_of_file(visit.connection, sender.site_id, place)
    values = {
        "title": f"Bản ghi của {sender.agency_code}",
        "sender": sender,
        "place": place,
        "rows": rows,
        "more": more,
        "page": visit.number("page"),
        "rejections": [(row, rejection_reason(row.reason)) for row in rejections],
    }
    return Html("records.html", values)


def results(visit: Visit) -> Reply:
    """Show the records of one file that its answer calls new, or known.

    They are listed from the stored answer, because a known record moves on with each file that has it again.
    """
    sender, place = senders.sender_of_site(visit.connection, visit.path["site_id"]), visit.path["place"]
    result = _RESULTS.get(visit.path["result"])
    answer = None if sender is None else browse.answer_of_file(visit.connection, sender.site_id, place)
    if sender is None or result is None or answer is None:
        return NOT_FOUND
    ids = [item["id"] for item in read_ack(answer, known_key=None).results if item["result"] == result.code]
    first = visit.number("page") * PAGE_ROWS
    values = {
        "title": f"{result.words}: {words.count(len(ids))} bản ghi",
        "sender": sender,
        "place": place,
        "rows": browse.records_of_ids(visit.connection, sender.site_id, ids[first : first + PAGE_ROWS]),
        "more": len(ids) > first + PAGE_ROWS,
        "page": visit.number("page"),
        "rejections": [],
    }
    return Html("records.html", values)


class _Result(NamedTuple):
    """A result of an answer, and its words."""

    code: str
    words: str


_RESULTS = {"accepted": _Result(ACCEPTED, "Nhận mới"), "already": _Result(ALREADY, "Đã có từ trước")}
