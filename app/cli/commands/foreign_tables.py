"""Commands `reconcile`, `false-late`, `import` on tables from outside."""

from app.cli.files import check_writable, read_content, read_table, write_atomically
from app.cli.output import print_json, print_line, warn
from app.cli.request import CliRequest, Command
from app.office.session import OfficeSession
from app.usecases.intake.import_register import (
    BATCH,
    ImportBatch,
    ImportedBatch,
    ReadRegister,
    RegisterPlan,
    check_batch,
    import_batch,
    read_register,
    refused_rows_file,
)
from app.usecases.reporting.false_late import AnswerLateList, answer_late_list
from app.usecases.reporting.reconcile import ReconcileTable, reconcile_table
from app.wording.figures import mismatch_line

_SHOWN_REFUSALS = 20
_BATCHES_PER_MESSAGE = 4


def reconcile(request: CliRequest) -> int:
    """Print the identities that do not hold in another table."""
    file = request.args.file
    result = request.office.read(reconcile_table, ReconcileTable(read_content(file), file.name))
    if request.as_json:
        print_json(result)
        return 0
    print_line(f"Đã đối chiếu {result.rows} dòng: {len(result.checks) or 'không có'} chỗ không khớp.")
    for check in result.checks:
        print_line(
            f"  dòng {check.line}, «{check.row}»: {mismatch_line(check.identity, check.column)}: "
            f"cần {'một số' if check.expected is None else check.expected}, có {check.found}"
        )
    return 0


def false_late(request: CliRequest) -> int:
    """Answer another system's list of late dossiers, line by line."""
    office, args = request.office, request.args
    check_writable(args.out)
    query = AnswerLateList(
        content=read_content(args.file),
        name=args.file.name,
        ending=args.out.suffix.lower() or args.out.name,
        map_text="" if args.map is None else read_table(args.map),
    )
    answer = office.read(answer_late_list, query)
    write_atomically(args.out, answer.file)
    if request.as_json:
        print_json(answer)
        return 0
    print_line(
        f"{answer.rows} dòng: {answer.late} quá hạn thật, {answer.lag} đồng bộ chậm, "
        f"{answer.status_missing} thiếu trạng thái, {answer.unknown} không có tại đơn vị. Đã ghi {args.out}."
    )
    return 0


def import_register(request: CliRequest) -> int:
    """Import a register in blocks; a refused row does not stop the others."""
    office, args = request.office, request.args
    if args.refused is not None:
        check_writable(args.refused)
    map_text = "" if args.map is None else read_table(args.map)
    plan = office.read(read_register, ReadRegister(read_content(args.file), args.file.name, map_text))
    result = _import_batches(office, plan, dry_run=args.dry_run, send=args.send)
    if args.refused is not None and result.refused:
        write_atomically(args.refused, refused_rows_file(plan, result.refused))
    if request.as_json:
        print_json(result)
        return 0
    verb = "Sẽ nhập" if args.dry_run else "Đã nhập"
    print_line(f"{verb} {result.imported} hồ sơ, {result.already} dòng đã có từ trước, bỏ {len(result.refused)} dòng.")
    for row in result.refused[:_SHOWN_REFUSALS]:
        print_line(f"  dòng {row.row}: {row.reason}")
    if len(result.refused) > _SHOWN_REFUSALS:
        print_line(f"  … và {len(result.refused) - _SHOWN_REFUSALS} dòng nữa; ghi ra tệp bằng --refused TỆP.xlsx")
    return 0


def _import_batches(office: OfficeSession, plan: RegisterPlan, *, dry_run: bool, send: bool) -> ImportedBatch:
    imported, already, refused = 0, plan.already, list(plan.refused)
    reserved = plan.reserved
    for number, entries in enumerate(plan.batches(), 1):
        command = ImportBatch(entries, plan.name, send, reserved)
        batch = office.read(check_batch, command) if dry_run else office.write(import_batch, command)
        imported, already = imported + batch.imported, already + batch.already
        refused += batch.refused
        if number % _BATCHES_PER_MESSAGE == 0:
            warn(f"{number * BATCH} / {len(plan.entries)} dòng…")
    return ImportedBatch(imported, already, tuple(sorted(refused, key=lambda row: row.row)))


COMMANDS = {
    "reconcile": Command(reconcile),
    "false-late": Command(false_late),
    "import": Command(import_register),
}
