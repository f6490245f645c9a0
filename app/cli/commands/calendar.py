"""The verbs about the calendar: which days differ, a decision entered or taken back, whom it touches."""

import argparse

from app.cli.files import read_table
from app.cli.output import print_json, print_line, print_pairs, print_table
from app.models.enums import DayKind, ReturnBy, SmsSituation
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.usecases.catalogue.calendar import (
    AddDecision,
    AffectedDossier,
    CalendarChange,
    ImportCalendar,
    ListCalendar,
    RevokeDecision,
    add_decision,
    import_calendar,
    list_calendar,
    revoke_decision,
)
from app.wording.sms import sms_text
from app.wording.status import day_kind_name


def calendar(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Show or change the calendar."""
    return _SUBCOMMANDS[args.part](office, args, as_json)


def _list(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    days = office.read(list_calendar, ListCalendar(args.year or local_day(office.now()).year))
    if as_json:
        for line in days:
            print_json(line)
        return 0
    rows = [(f"{line.date:%d/%m/%Y}", day_kind_name(line.kind), line.hours, line.decision) for line in days]
    print_table(("NGÀY", "LOẠI", "GIỜ", "CĂN CỨ"), rows, (10, 18, 24, 44))
    return 0


def _add(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    command = AddDecision(args.date, DayKind(args.kind), args.hours, args.decision)
    return _print_change(office, office.write(add_decision, command), as_json)


def _remove(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    return _print_change(office, office.write(revoke_decision, RevokeDecision(args.date)), as_json)


def _import(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    return _print_change(office, office.write(import_calendar, ImportCalendar(read_table(args.file))), as_json)


def _print_change(office: OfficeSession, changed: CalendarChange, as_json: bool) -> int:
    if as_json:
        print_json(changed)
        return 0
    print_line(f"Đã ghi {changed.applied} quyết định về lịch.")
    if changed.affected:
        print_line(
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
        print_table(("MÃ HỒ SƠ", "ĐÃ HẸN", "TÍNH LẠI", "ĐIỆN THOẠI"), rows, (24, 18, 18, 20))
        print_line("Lời nhắn, để gọi hoặc nhắn tin:")
        print_pairs([(one.code, _citizen_message(office, one)) for one in changed.affected])
    return 0


def _citizen_message(office: OfficeSession, one: AffectedDossier) -> str:
    """What to tell the citizen; the promise stands until it was agreed otherwise."""
    told = office.facts.office
    return sms_text(
        SmsSituation.HOLIDAY, one.code, told.name, told.phone, ReturnBy.COUNTER, one.new_due_at, one.old_due_at
    )


_SUBCOMMANDS = {"list": _list, "add": _add, "remove": _remove, "import": _import}
COMMANDS = {"calendar": calendar}
