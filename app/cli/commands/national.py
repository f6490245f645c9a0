"""The command `sync export --national`."""

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, warn
from app.cli.request import CliRequest
from app.models.errors import Refusal
from app.office.national_form import export_national_form


def export_national(request: CliRequest) -> int:
    """Write the national form of a period into a file of its user alone."""
    args = request.args
    if not args.national or args.out is None or args.again is not None:
        raise Refusal("national_alone", "national")
    if args.first is None or args.last is None:
        raise Refusal("period_missing", "from")
    check_writable(args.out)
    form = export_national_form(request.office, args.first, args.last)
    write_atomically(args.out, form.content)
    warn("Tệp có họ tên, số giấy tờ: chỉ giao cho nơi nhận, rồi xóa.")
    if request.as_json:
        refused = [{"code": line.code, "reason": line.reason} for line in form.refused]
        print_json({"file": str(args.out), "dossiers": form.dossiers, "progress": form.progress, "refused": refused})
        return 0
    print_line(f"Đã ghi {form.dossiers} hồ sơ, {form.progress} bước xử lý vào {args.out}.")
    for line in form.refused:
        print_line(f"Không xuất {line.code}: {line.reason}")
    return 0
