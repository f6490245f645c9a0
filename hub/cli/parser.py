"""Arguments of the receiver's commands."""

import argparse

from app.models.figures import PRESETS
from app.sync.package import KINDS
from hub.cli.usage import Parser, whole_number
from hub.storage.accounts import ROLES

LISTS = ("lag", "rejected", "forks", "lost")


def build_parser() -> Parser:
    """Return the parser of `python -m hub`."""
    parser = Parser(prog="python -m hub", description="Nơi nhận tệp đồng bộ của các cơ quan")
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON (luôn như vậy)")
    parser.add_argument("--now", metavar="INSTANT", help="thời điểm giả định; chỉ cho nơi nhận tập huấn")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_administration(commands)
    _add_files(commands)
    _add_reports(commands)
    for command in commands.choices.values():
        _add_shared(command)
    return parser


def _add_shared(command: argparse.ArgumentParser) -> None:
    """Accept the shared options behind the command as well."""
    command.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    command.add_argument("--now", metavar="INSTANT", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _add_administration(commands: "argparse._SubParsersAction[Parser]") -> None:
    init = commands.add_parser("init", help="tạo bảng, khóa và quản trị viên đầu tiên")
    init.add_argument("--training", action="store_true")
    init.add_argument("--distributed", action="store_true", help="bảng không phân vùng, cho Citus")
    init.add_argument("--admin", metavar="NAME", default="admin")
    card = commands.add_parser("card", help="ghi thẻ của nơi nhận cho lệnh sync join")
    card.add_argument("--out", metavar="FILE", required=True)
    card.add_argument("--address", metavar="URL", required=True)
    card.add_argument("--ca", metavar="FILE", help="chứng thư của CA riêng, ghi vào thẻ")
    users = commands.add_parser("users", help="tài khoản của trang xem")
    users.add_argument("verb", choices=("add", "list", "reset", "disable"))
    users.add_argument("name", nargs="?")
    users.add_argument("--role", choices=ROLES)
    enrol = commands.add_parser("enrol", help="ghi danh khóa của một cơ quan")
    enrol.add_argument("public_key", metavar="PUBLIC_KEY")
    enrol.add_argument("--agency", metavar="CODE", required=True)
    enrol.add_argument("--name", metavar="N")
    commands.add_parser("senders", help="các khóa đã ghi danh")
    commands.add_parser("knocks", help="các khóa chưa ghi danh đã gửi đến")
    block = commands.add_parser("block", help="khóa một nơi gửi")
    block.add_argument("public_key", metavar="PUBLIC_KEY")
    block.add_argument("--note", metavar="T", required=True)


def _add_files(commands: "argparse._SubParsersAction[Parser]") -> None:
    ingest = commands.add_parser("ingest", help="nhận các tệp mang đến")
    ingest.add_argument("files", metavar="FILE", nargs="+")
    ingest.add_argument("--acks", metavar="DIR")
    serve = commands.add_parser("serve", help="nhận qua mạng")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=whole_number, default=8443)
    serve.add_argument("--workers", type=whole_number, default=1)
    serve.add_argument("--certificate", metavar="FILE", help="chứng thư TLS (PEM)")
    serve.add_argument("--certificate-key", metavar="FILE", help="khóa của chứng thư (PEM)")
    settle = commands.add_parser("settle", help="quyết định một nhánh tách")
    settle.add_argument("fork", metavar="FORK", type=whole_number)
    settle.add_argument("--keep", choices=("known", "found"), required=True)
    settle.add_argument("--note", metavar="T", required=True)
    publish = commands.add_parser("publish", help="phát hành một gói cho các cơ quan")
    publish.add_argument("kind", choices=KINDS)
    publish.add_argument("file", metavar="FILE")
    publish.add_argument("--title", metavar="T", default="", help="gói pháp luật có sẵn tên")
    publish.add_argument("--agency", metavar="CODE", default="*")
    publish.add_argument("--valid-from", metavar="DAY")
    publish.add_argument("--expires-at", metavar="DAY")
    publish.add_argument("--out", metavar="FILE", help="ghi thêm ra tệp .mcdown")
    forward = commands.add_parser("forward", help="gửi tiếp lên nơi nhận cấp trên")
    forward.add_argument("--to", metavar="URL", required=True)
    forward.add_argument("--ca", metavar="FILE")


def _add_reports(commands: "argparse._SubParsersAction[Parser]") -> None:
    report = commands.add_parser("report", help="báo cáo")
    report.add_argument("name", choices=("06a", *LISTS))
    report.add_argument("--from", metavar="D", dest="first")
    report.add_argument("--to", metavar="D", dest="last")
    report.add_argument("--preset", choices=PRESETS)
    report.add_argument("--on", metavar="D")
    report.add_argument("--agency", metavar="CODE")
    report.add_argument("--by", choices=("field", "agency"), default="field")
    report.add_argument("--out", metavar="FILE")
