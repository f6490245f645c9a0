"""The reports `register` and `fees`, printed or written into a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.cli.files import write_atomically
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest
from app.services.documents.register import RegisterTable
from app.services.reporting.fees import FeeReport, ReportFees
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.list_exports import fees_file, fees_to_json, register_file, register_to_json
from app.usecases.documents.register import PrepareRegister, prepare_register, register_table
from app.usecases.reporting.fees import report_fees
from app.wording.numbers import money

Period = tuple[date, date]


def register(request: CliRequest, period: Period) -> int:
    """Print the register of a period, limited to the fields of `--field`."""
    office, args = request.office, request.args
    query = PrepareRegister(*period, fields=tuple(args.fields))
    table = office.read(register_table, query)
    _write_out(
        args.out,
        lambda: office.read(prepare_register, query).pdf,
        lambda suffix: register_file(table, suffix, office.facts.office.name),
    )
    if request.as_json:
        print_json(register_to_json(table))
    else:
        _print_register(table)
    return 0


def _print_register(table: RegisterTable) -> None:
    print_line(f"Sổ theo dõi hồ sơ, từ {table.first:%d/%m/%Y} đến {table.last:%d/%m/%Y}: {table.dossiers} hồ sơ")
    for block in table.blocks:
        print_line(f"{block.field}, quyển {block.volume}:")
        rows = [(row.number, row.code, row.applicant, row.procedure) for row in block.rows]
        print_table(("SỐ", "MÃ", "CHỦ HỒ SƠ", "THỦ TỤC"), rows, (6, 24, 28, 38))


def fees(request: CliRequest, period: Period) -> int:
    """Print the fees collected in a period, limited to the cashier of `--by`."""
    office, args = request.office, request.args
    query = ReportFees(*period, args.by)
    collected = office.read(report_fees, query)
    _write_out(
        args.out,
        lambda: office.read(prepare_cash, PrepareCash(*period, args.by)).pdf,
        lambda suffix: fees_file(collected, suffix, office.facts.office.name),
    )
    if request.as_json:
        print_json(fees_to_json(collected))
    else:
        _print_fees(collected)
    return 0


def _print_fees(collected: FeeReport) -> None:
    print_line(f"Phí, lệ phí đã thu từ {collected.first:%d/%m/%Y} đến {collected.last:%d/%m/%Y}")
    rows = [
        ("/".join(part for part in (p.book, p.number) if part), p.code, p.payer, p.cashier, money(p.amount))
        for p in collected.payments
    ]
    print_table(("BIÊN LAI", "MÃ", "NGƯỜI NỘP", "NGƯỜI THU", "SỐ TIỀN"), rows, (14, 24, 24, 18, 16))
    print_line(f"Tổng: {len(collected.payments)} khoản, {money(collected.amount)}.")
    if collected.unpaid:
        print_line(f"Chưa thu đủ: {len(collected.unpaid)} hồ sơ, còn {money(collected.owed)}.")
    if collected.unknown:
        print_line(f"Chưa xác định mức thu: {collected.unknown} hồ sơ.")


def _write_out(out: Path | None, make_pdf: Callable[[], bytes], make_file: Callable[[str], bytes]) -> None:
    """Write the file of `--out`, if any, in the format of its suffix."""
    if out is not None:
        suffix = out.suffix.lower()
        write_atomically(out, make_pdf() if suffix == ".pdf" else make_file(suffix))


LISTS = {"register": register, "fees": fees}
