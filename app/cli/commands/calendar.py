"""The command `calendar`: decisions about working days."""

from app.cli.files import read_rows
from app.cli.output import print_json, print_line, print_pairs, print_table
from app.cli.request import CliRequest, Command
from app.models.enums import DayKind, SmsSituation
from app.models.instants import local, local_day
from app.services.catalogue.calendar_changes import AddDecision, AffectedDossier, CalendarChange
from app.settings import Office
from app.usecases.catalogue.calendar import (
    ImportCalendar,
    ListCalendar,
    RevokeDecision,
    add_decision,
    import_calendar,
    list_calendar,
    revoke_decision,
)
from app.usecases.law.counter_rules import FindNotice, find_notice
from app.wording.sms import sms_text
from app.wording.status import day_kind_name


def calendar(request: CliRequest) -> int:
    """Show or change the working calendar."""
    return _SUBCOMMANDS[request.args.subcommand](request)


def _list(request: CliRequest) -> int:
    office = request.office
    days = office.read(list_calendar, ListCalendar(request.args.year or local_day(office.now()).year))
    if request.as_json:
        for line in days:
            print_json(line)
        return 0
    rows = [(f"{line.date:%d/%m/%Y}", day_kind_name(line.kind), line.hours, line.decision) for line in days]
    print_table(("NGÀY", "LOẠI", "GIỜ", "CĂN CỨ"), rows, (10, 18, 24, 44))
    return 0


def _add(request: CliRequest) -> int:
    args = request.args
    command = AddDecision(args.date, DayKind(args.kind), args.hours, args.decision)
    return _print_change(request, request.office.write(add_decision, command))


def _remove(request: CliRequest) -> int:
    return _print_change(request, request.office.write(revoke_decision, RevokeDecision(request.args.date)))


def _import(request: CliRequest) -> int:
    table = read_rows(request.args.file, ",")
    return _print_change(request, request.office.write(import_calendar, ImportCalendar(table)))


def _print_change(request: CliRequest, change: CalendarChange) -> int:
    if request.as_json:
        print_json(change)
        return 0
    print_line(f"Đã ghi {change.applied} quyết định về lịch.")
    if change.affected:
        print_line(
            f"{len(change.affected)} hồ sơ có ngày hẹn tính lại khác ngày đã hẹn; ngày đã hẹn giữ nguyên, hãy liên hệ:"
        )
        rows = [
            (
                dossier.code,
                f"{local(dossier.old_due_at):%d/%m/%Y %H:%M}",
                "…" if dossier.new_due_at is None else f"{local(dossier.new_due_at):%d/%m/%Y %H:%M}",
                dossier.phone or "không có số",
            )
            for dossier in change.affected
        ]
        print_table(("MÃ HỒ SƠ", "ĐÃ HẸN", "TÍNH LẠI", "ĐIỆN THOẠI"), rows, (24, 18, 18, 20))
        print_line("Lời nhắn, để gọi hoặc nhắn tin:")
        office = request.office.facts.office
        pattern = request.office.read(find_notice, FindNotice(SmsSituation.HOLIDAY))
        print_pairs([(dossier.code, _citizen_message(office, pattern, dossier)) for dossier in change.affected])
    return 0


def _citizen_message(office: Office, pattern: str, dossier: AffectedDossier) -> str:
    """Return the text message about a changed due date.

    The old due date holds until both sides agree on another.
    """
    return sms_text(pattern, dossier.code, office.name, office.phone, dossier.new_due_at, dossier.old_due_at)


_SUBCOMMANDS = {"list": _list, "add": _add, "remove": _remove, "import": _import}
COMMANDS = {"calendar": Command(calendar)}
