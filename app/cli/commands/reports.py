"""The commands `sync` and `check`."""

from app.cli.commands.national import export_national
from app.cli.commands.packages import apply_file
from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_pairs, warn
from app.cli.request import CliRequest, Command
from app.models.errors import Fault, Refusal
from app.models.instants import local
from app.office.sync_export import export_backlog, export_bundle
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.sync.export import SyncStatus, backlog_file_name, sync_status


def sync(request: CliRequest) -> int:
    """Write a bundle for the receiver, or print its state."""
    return _SYNC_SUBCOMMANDS[request.args.subcommand](request)


def _export_bundle(request: CliRequest) -> int:
    args = request.args
    if args.national or args.first or args.last:
        return export_national(request)
    if args.all is not None:
        return _export_backlog(request)
    check_writable(args.out)
    bundle = export_bundle(request.office, args.again)
    try:
        write_atomically(args.out, bundle.content)
    except (Refusal, Fault):
        number = bundle.sequence
        warn(f"Tệp đồng bộ số {number} đã lập; ghi ra lại bằng: sync export --out TỆP --again {number}")
        raise
    if bundle.more:
        warn("Còn bản ghi chờ gửi, mỗi tệp mang tối đa 5.000 bản ghi của một quầy: chạy sync export thêm lần nữa.")
    if request.as_json:
        print_json({"file": str(args.out), "sequence": bundle.sequence, "records": bundle.records})
    else:
        print_line(f"Đã ghi tệp đồng bộ số {bundle.sequence} ({bundle.records} bản ghi) vào {args.out}.")
    return 0


def _export_backlog(request: CliRequest) -> int:
    """Write every unanswered file into a folder, such as a USB stick."""
    folder = request.args.all
    if request.args.again is not None:
        raise Refusal("export_all_alone", "all")
    if not folder.is_dir():
        raise Refusal("export_folder_missing", "all", folder=str(folder))
    count = 0
    for bundle in export_backlog(request.office):
        file = folder / backlog_file_name(bundle.content)
        write_atomically(file, bundle.content)
        count += 1
        if request.as_json:
            print_json({"file": str(file), "sequence": bundle.sequence, "records": bundle.records})
    if not request.as_json:
        print_line(f"Đã ghi {count} tệp đồng bộ chưa được xác nhận vào {folder}.")
    return 0


def _sync_status(request: CliRequest) -> int:
    state = request.office.read(sync_status, SyncStatus())
    if request.as_json:
        print_json(state)
        return 0
    last = "chưa có" if state.last_confirmed_at is None else f"{local(state.last_confirmed_at):%d/%m/%Y %H:%M}"
    print_pairs(
        [
            ("Chờ gửi", f"{state.waiting} hồ sơ"),
            ("Đã gửi, chưa xác nhận", f"{state.sent} hồ sơ"),
            ("Đã xác nhận", f"{state.confirmed} hồ sơ"),
            ("Xác nhận gần nhất", last),
        ]
    )
    for line in state.rejected:
        print_line(f"Bị trả lại {line.code}: {line.reason}")
    return 0


_SYNC_SUBCOMMANDS = {"export": _export_bundle, "status": _sync_status, "apply": apply_file}


def check(request: CliRequest) -> int:
    """Check the database for contradictions."""
    result = request.office.read(check_office, CheckOffice(request.args.head))
    if request.as_json:
        print_json(result)
    else:
        print_line("Dữ liệu nguyên vẹn." if result.ok else f"Có {len(result.findings)} điều cần xem:")
        for finding in result.findings:
            print_line(f"  {finding.message}")
    return 0


COMMANDS = {
    "sync": Command(sync),
    "check": Command(check),
}
