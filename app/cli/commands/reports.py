"""The command `check`."""

from app.cli.output import print_json, print_line
from app.cli.request import CliRequest, Command
from app.usecases.office.integrity import CheckOffice, check_office


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
    "check": Command(check),
}
