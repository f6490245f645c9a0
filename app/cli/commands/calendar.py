"""The verbs about the calendar: which days differ, a decision entered or taken back, whom it touches."""

import argparse

from app.cli.files import read_table
from app.cli.output import say, say_json, say_pairs, say_table
from app.models.enums import DayKind, ReturnBy, Situation
from app.models.instants import local, local_day
from app.office.session import OpenOffice
from app.usecases.catalogue.calendar import (
    AffectedDossier,
    CalendarChanged,
    DecideDay,
    ForgetDay,
    ImportCalendar,
    ListCalendar,
    decide_day,
    forget_day,
    import_calendar,
    list_calendar,
)
from app.wording.sms import notice_text
from app.wording.status import day_kind_name


def calendar(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Show or change the calendar."""
    return _PARTS[asked.part](office, asked, as_json)


def _list(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    days = office.read(list_calendar, ListCalendar(asked.year or local_day(office.now()).year))
    if as_json:
        for line in days:
            say_json(line)
        return 0
    rows = [(f"{line.date:%d/%m/%Y}", day_kind_name(line.kind), line.hours, line.decision) for line in days]
    say_table(("NGÀY", "LOẠI", "GIỜ", "CĂN CỨ"), rows, (10, 18, 24, 44))
    return 0


def _add(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    command = DecideDay(asked.date, DayKind(asked.kind), asked.hours, asked.decision)
    return _say_changed(office, office.write(decide_day, command), as_json)


def _remove(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    return _say_changed(office, office.write(forget_day, ForgetDay(asked.date)), as_json)


def _import(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    return _say_changed(office, office.write(import_calendar, ImportCalendar(read_table(asked.file))), as_json)


def _say_changed(office: OpenOffice, changed: CalendarChanged, as_json: bool) -> int:
    if as_json:
        say_json(changed)
        return 0
    say(f"Đã ghi {changed.applied} quyết định về lịch.")
    if changed.affected:
        say(
            f"{len(changed.affected)} hồ sơ có ngày hẹn tính lại khác ngày đã hẹn; ngày đã hẹn giữ nguyên, hãy liên hệ:"
        )
        rows = [
            (
                one.code,
                f"{local(one.old_due_at):%d/%m/%Y %H:%M}",
                "…" if one.new_due_at is None else f"{local(one.new_due_at):%d/%m/%Y %H:%M}",
                one.phone or "không có số",
            )
            for one in changed.affected
        ]
        say_table(("MÃ HỒ SƠ", "ĐÃ HẸN", "TÍNH LẠI", "ĐIỆN THOẠI"), rows, (24, 18, 18, 20))
        say("Lời nhắn, để gọi hoặc nhắn tin:")
        say_pairs([(one.code, _text(office, one)) for one in changed.affected])
    return 0


def _text(office: OpenOffice, one: AffectedDossier) -> str:
    """What to tell the citizen; the promise stands until it was agreed otherwise."""
    told = office.facts.office
    return notice_text(
        Situation.HOLIDAY, one.code, told.name, told.phone, ReturnBy.COUNTER, one.new_due_at, one.old_due_at
    )


_PARTS = {"list": _list, "add": _add, "remove": _remove, "import": _import}
VERBS = {"calendar": calendar}
