"""The command `sync apply` on a package of the receiver."""

from app.cli.files import read_content
from app.cli.output import print_json, print_line
from app.cli.request import CliRequest
from app.services.packages.change_cells import change_cells
from app.usecases.sync.packages import (
    ApplyPackage,
    PackageResult,
    PreviewPackage,
    apply_package,
    preview_package,
)
from app.wording.received.packages import cells_line, kind_name

_MAX_BYTES = 96 * 2**20


def apply_file(request: CliRequest) -> int:
    """Show what a package would change; with `--yes` apply it."""
    data = read_content(request.args.file, _MAX_BYTES)
    if request.args.yes:
        return _print(request, request.office.write(apply_package, ApplyPackage(data, request.second_credentials)))
    return _print(request, request.office.read(preview_package, PreviewPackage(data)))


def _print(request: CliRequest, result: PackageResult) -> int:
    if request.as_json:
        print_json(result)
        return 0
    print_line(f"Gói số {result.number}, {kind_name(result.kind)}: {result.title}")
    for change in result.changes:
        print_line(f"  {cells_line(change_cells(change))}")
    if not result.changes:
        print_line("  Không có gì thay đổi.")
    print_line("Đã dùng gói này." if result.applied else "Chưa dùng. Đồng ý thì chạy lại với --yes.")
    return 0
