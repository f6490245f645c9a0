"""The reports that are lists: the register, the money; on the screen, or into a JSON, Excel or PDF file."""

import argparse
from datetime import date

from app.cli.files import write_whole
from app.cli.output import say, say_json, say_table
from app.office.session import OpenOffice
from app.services.documents.register import RegisterTable
from app.services.reporting.fees import FeesTaken, ReportFees
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.list_exports import fees_file, register_file, told_fees, told_register
from app.usecases.documents.register import PrepareRegister, prepare_register, register_table
from app.usecases.reporting.fees import report_fees
from app.wording.numbers import money

Period = tuple[date, date]


def register(office: OpenOffice, asked: argparse.Namespace, period: Period, as_json: bool) -> int:
    """The register of a period, of some fields where they are named."""
    query = PrepareRegister(*period, fields=tuple(asked.fields))
    if asked.out is not None and asked.out.suffix.lower() == ".pdf":
        write_whole(asked.out, office.read(prepare_register, query).pdf)
    table = office.read(register_table, query)
    if asked.out is not None and asked.out.suffix.lower() != ".pdf":
        write_whole(asked.out, register_file(table, asked.out.suffix.lower(), office.facts.office.name))
    if as_json:
        say_json(told_register(table))
    else:
        _say_register(table)
    return 0


def _say_register(table: RegisterTable) -> None:
    say(f"Sổ theo dõi hồ sơ, từ {table.first:%d/%m/%Y} đến {table.last:%d/%m/%Y}: {table.dossiers} hồ sơ")
    for block in table.blocks:
        say(f"{block.field}, quyển {block.volume}:")
        rows = [(row.number, row.code, row.applicant, row.procedure) for row in block.rows]
        say_table(("SỐ", "MÃ", "CHỦ HỒ SƠ", "THỦ TỤC"), rows, (6, 24, 28, 38))


def fees(office: OpenOffice, asked: argparse.Namespace, period: Period, as_json: bool) -> int:
    """The money of a period, of one person where he is named."""
    query = ReportFees(*period, asked.by)
    if asked.out is not None and asked.out.suffix.lower() == ".pdf":
        write_whole(asked.out, office.read(prepare_cash, PrepareCash(*period, asked.by)).pdf)
    taken = office.read(report_fees, query)
    if asked.out is not None and asked.out.suffix.lower() != ".pdf":
        write_whole(asked.out, fees_file(taken, asked.out.suffix.lower(), office.facts.office.name))
    if as_json:
        say_json(told_fees(taken))
    else:
        _say_fees(taken)
    return 0


def _say_fees(taken: FeesTaken) -> None:
    say(f"Phí, lệ phí đã thu từ {taken.first:%d/%m/%Y} đến {taken.last:%d/%m/%Y}")
    rows = [
        ("/".join(part for part in (p.book, p.number) if part), p.code, p.payer, p.cashier, money(p.amount))
        for p in taken.payments
    ]
    say_table(("BIÊN LAI", "MÃ", "NGƯỜI NỘP", "NGƯỜI THU", "SỐ TIỀN"), rows, (14, 24, 24, 18, 16))
    say(f"Tổng: {len(taken.payments)} khoản, {money(taken.amount)}.")
    if taken.unpaid:
        say(f"Chưa thu đủ: {len(taken.unpaid)} hồ sơ, còn {money(taken.owed)}.")
    if taken.unknown:
        say(f"Chưa xác định mức thu: {taken.unknown} hồ sơ.")


LISTS = {"register": register, "fees": fees}
