"""Commands on tables of other programs: `reconcile`."""

from app.cli.files import read_content
from app.cli.output import print_json, print_line
from app.cli.request import CliRequest, Command
from app.usecases.reporting.reconcile import ReconcileTable, reconcile_table
from app.wording.figures import mismatch_line


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


COMMANDS = {"reconcile": Command(reconcile)}
