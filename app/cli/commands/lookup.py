"""The commands `scan` and `search`.

They are called for every citizen; what they import decides how fast they answer.
"""

from app.cli.output import format_instant, print_json, print_line, print_pairs, print_table, warn
from app.cli.request import CliRequest, Command
from app.usecases.dossiers.scans import ReadScan, read_scan_text, to_json
from app.wording.status import status_name


def scan(request: CliRequest) -> int:
    """Print the meaning of a scanned text."""
    result = request.office.read(read_scan_text, ReadScan(request.args.text))
    if result.warning:
        warn(result.warning)
    if request.as_json:
        print_json(to_json(result))
    elif result.line is not None:
        print_pairs(
            [
                ("Hồ sơ", result.line.code),
                ("Chủ hồ sơ", result.line.name),
                ("Thủ tục", result.line.procedure),
                ("Trạng thái", status_name(result.line.status)),
                ("Hẹn trả", format_instant(result.line.due_at)),
            ]
        )
    elif result.card is not None:
        card = result.card
        print_pairs(
            [
                ("Thẻ của", card.name),
                ("Ngày sinh", card.birth_date or "…"),
                ("Địa chỉ", card.address or "…"),
                *[("Lưu ý", warning) for warning in card.warnings],
            ]
        )
    else:
        print_line(result.reason or "")
    return 0


def search(request: CliRequest) -> int:
    """Print the dossiers that match the words, newest first."""
    from app.usecases.dossiers.queries import SearchDossiers, search_dossiers  # `scan` needs none of it

    lines = request.office.read(search_dossiers, SearchDossiers(" ".join(request.args.words), request.args.limit))
    if request.as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [
        (line.code, line.name, status_name(line.status), format_instant(line.due_at), "quá hạn" if line.late else "")
        for line in lines
    ]
    code = max((len(line.code) for line in lines), default=8)
    print_table(("MÃ HỒ SƠ", "CHỦ HỒ SƠ", "TRẠNG THÁI", "HẸN TRẢ", ""), rows, (code, 49 - code, 22, 16, 7))
    print_line("" if lines else "Không tìm thấy hồ sơ nào. Thử ít chữ hơn, hoặc gõ mã hồ sơ.")
    return 0


COMMANDS = {
    "scan": Command(scan),
    "search": Command(search),
}
