"""The grammar of the command `law`."""

from app.cli.argtypes import AddCommand, Parser, add_subcommands, file_name

_FILE_HELP = "tệp .mclaw, hoặc mã của gói có sẵn trong chương trình"
_FINGERPRINT_HELP = "dấu vân tay của nơi ban hành, đã so qua điện thoại"


def add_law_command(add: AddCommand) -> None:
    """Add `law` and its subcommands."""
    law = add_subcommands(add("law", "gói thay đổi pháp luật"))
    _add_file(law("show", "xem gói sẽ thay đổi gì"))
    _add_file(law("apply", "áp dụng gói, hai người cùng chịu trách nhiệm"))
    law("list", "các gói đã áp dụng, đã bỏ, và có sẵn")
    revert = law("revert", "bỏ một gói khi chưa có việc nào làm theo")
    revert.add_argument("id", metavar="MÃ")
    revert.add_argument("--note", required=True, metavar="LÝ DO")
    key = law("key", "lập khóa của nơi ban hành")
    key.add_argument("--out", type=file_name, required=True, metavar="TỆP")
    new = law("new", "đóng và ký một gói từ thư mục có law.toml")
    new.add_argument("--from", type=file_name, required=True, dest="folder", metavar="DIR")
    new.add_argument("--key", type=file_name, required=True, metavar="TỆP", help="tệp khóa của nơi ban hành")
    new.add_argument("--out", type=file_name, required=True, metavar="TỆP.mclaw")


def _add_file(command: Parser) -> None:
    command.add_argument("file", type=file_name, metavar="TỆP", help=_FILE_HELP)
    command.add_argument("--fingerprint", default="", metavar="SỐ", help=_FINGERPRINT_HELP)
