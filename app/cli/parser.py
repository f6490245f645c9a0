"""The grammar of the command line: all commands with their arguments."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from app.cli.argtypes import (
    AddCommand,
    Parser,
    add_subcommands,
    birth_date,
    correction,
    file_name,
    file_or_input,
    instant,
    integer,
    iso_day,
    points,
    readable,
    shared_options,
    whole_number,
)
from app.cli.law_options import add_law_command
from app.cli.report_options import add_report_command
from app.models.enums import (
    Action,
    Channel,
    DayKind,
    FeedbackChannel,
    FeedbackTopic,
    PaperForm,
    PaperSize,
    PaymentMethod,
    Role,
    SatisfactionFace,
    Service,
)

_OTHER_SECOND = frozenset(("backup",))
"""Commands whose `--second` is a folder, not a person."""
_POSTED = ("catalogue", "sheet", "fees-list", "booklet")
_WINDOW_OPTIONS = frozenset(("--data", "--user", "--now"))
_WINDOW_FILES = frozenset((".mcsync", ".mcack", ".mcdown", ".mclaw"))
"""Files that the window opens; Explorer calls the program with the file alone."""


class _PaperForms(tuple[str, ...]):
    """Forms of the program; a set of forms may have others."""

    __slots__ = ()

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and (super().__contains__(form) or _FORM_CODE.fullmatch(form) is not None)


_FORM_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")


def parse_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the parsed arguments of a call.

    A call that only opens the window is parsed without building the grammar of all commands, to start faster.
    """
    files = [word for word in words if Path(word).suffix.lower() in _WINDOW_FILES]
    options = [word for word in words if word not in files]
    opens_window = len(options) % 2 == 0 and _WINDOW_OPTIONS.issuperset(options[::2]) and len(files) <= 1
    parser = shared_options() if opens_window else build_parser()
    arguments = parser.parse_args(options if opens_window else words)
    if opens_window and files:
        arguments.file = Path(files[0])
    if getattr(arguments, "paper", None) == "A3" and arguments.form not in _POSTED:
        parser.error("--paper: khổ A3 chỉ dùng cho bảng niêm yết và bảng mức thu")
    for name, value in vars(arguments).items():
        setattr(arguments, name, readable(value))
    return arguments


def build_parser() -> Parser:
    """Return the parser of all commands."""
    shared = shared_options()
    parser = Parser(
        prog="motcua",
        parents=[shared],
        description="Một Cửa: phần mềm quầy một cửa cấp xã.",
        argument_default=argparse.SUPPRESS,
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", parser_class=Parser)

    without_second = shared_options(second=False)

    def add(name: str, words: str) -> Parser:
        parents = [without_second if name in _OTHER_SECOND else shared]
        return commands.add_parser(
            name, parents=parents, help=words, description=words, argument_default=argparse.SUPPRESS
        )

    for add_group in (
        _add_office_commands,
        _add_dossier_commands,
        _add_document_commands,
        _add_table_commands,
        _add_citizen_commands,
        add_law_command,
    ):
        add_group(add)
    return parser


def _add_office_commands(add: AddCommand) -> None:
    init = add("init", "lập dữ liệu mới cho một cơ quan")
    init.add_argument("office", nargs="?", default=None, metavar="TỆP.toml", help="tệp cơ quan")
    init.add_argument("--training", action="store_true", default=False, help="cơ quan tập huấn")
    init.add_argument("--demo", action="store_true", default=False, help="cơ quan tập huấn có sẵn người và hồ sơ mẫu")
    head = "dòng «Nhật ký đến» trên trang sổ đã in, ví dụ 1-214-0f3a…"
    add("check", "kiểm tra dữ liệu").add_argument("--head", default="", metavar="QUẦY-SỐ-MÃ", help=head)
    numbers = add_subcommands(add("numbers", "bộ đếm số hồ sơ của quầy"))
    numbers("status", "đang ở số nào").add_argument("--day", type=iso_day, default=None, metavar="NGÀY")
    repair = numbers("repair", "hai người đặt số kế tiếp, chỉ tiến")
    repair.add_argument("--day", type=iso_day, required=True, metavar="NGÀY")
    repair.add_argument(
        "--next", type=whole_number(1, 999_999), required=True, metavar="SỐ", help="số kế tiếp của ngày ấy"
    )
    repair.add_argument("--reason", required=True, metavar="LÝ DO")
    _add_user_commands(add)
    clock = add_subcommands(add("clock", "đồng hồ của máy"))
    clock("status", "có đáng tin không")
    confirm = clock("confirm", "xác nhận ngày máy đang chỉ, một hoặc hai người tùy chỗ nghi ngờ")
    confirm.add_argument("day", nargs="?", default=None, type=iso_day, metavar="NGÀY")
    office = add_subcommands(add("office", "tên và mã của cơ quan"))
    office("show", "tên hiện nay và các tên trước")
    succeed = office("succeed", "đi tiếp dưới tên, mã mới khi sáp nhập hoặc đổi tên")
    succeed.add_argument("office", type=file_name, metavar="TỆP.toml", help="tệp của cơ quan mới")
    succeed.add_argument("--decision", required=True, metavar="SỐ", help="số, ngày quyết định")
    succeed.add_argument("--from", type=iso_day, required=True, dest="day", metavar="NGÀY", help="có hiệu lực từ ngày")
    _add_backup_commands(add)
    demo = add("demo", "chạy trọn một việc của quầy trên cơ quan tập huấn")
    demo.add_argument("--out", type=file_name, default=None, metavar="DIR", help="nơi đặt kết quả")
    add("window", "mở cửa sổ").add_argument(
        "--restore", action="store_true", default=False, help="phục hồi bản sao lưu ở cửa sổ, trước khi mở"
    )
    own_check = add("self-check", "chương trình có chạy được trên máy này không: không cần cơ quan, không đụng dữ liệu")
    own_check.add_argument("--out", type=file_name, default=None, metavar="TỆP.txt", help="ghi thêm kết quả vào tệp")


def _add_user_commands(add: AddCommand) -> None:
    users = add_subcommands(add("users", "người dùng"))
    users("list", "liệt kê")
    added = users("add", "thêm người")
    added.add_argument("name", metavar="TÊN")
    _add_role_option(added, "vai trò; ghi nhiều lần nếu kiêm nhiệm, vai trò chính đứng đầu")
    users("disable", "ngừng một người").add_argument("name", metavar="TÊN")
    reset = users("reset", "đặt lại mật khẩu, mở khóa, cho làm lại, đổi vai trò")
    reset.add_argument("name", metavar="TÊN")
    _add_role_option(reset, "vai trò mới; không ghi thì giữ nguyên")
    password = users("password", "đổi mật khẩu hoặc mã PIN của chính mình")
    for change in (added, reset, password):
        change.add_argument(
            "--new",
            type=file_or_input,
            default=None,
            metavar="TỆP|-",
            help="mật khẩu mới: dòng đầu của tệp, hay đầu vào",
        )
    access = add_subcommands(add("access", "ai đã đăng nhập, ai đã mở hồ sơ nào"))("list", "liệt kê, mới nhất trước")
    access.add_argument("--code", default=None, metavar="MÃ", help="chỉ của một hồ sơ")
    access.add_argument("--name", default=None, metavar="TÊN", help="chỉ của một người")
    access.add_argument(
        "--limit", type=whole_number(1, 100_000), default=200, metavar="SỐ", help="nhiều nhất bấy nhiêu dòng"
    )


def _add_role_option(command: Parser, words: str) -> None:
    choices = [role.value for role in Role]
    command.add_argument("--role", choices=choices, action="append", default=[], metavar="VAI TRÒ", help=words)


def _add_backup_commands(add: AddCommand) -> None:
    backup = add("backup", "sao lưu dữ liệu")
    backup.add_argument("--to", type=file_name, default=None, metavar="DIR", help="thư mục, ví dụ trên USB")
    backup.add_argument("--auto", action="store_true", default=False, help="nếu đến giờ; cho Task Scheduler")
    backup.add_argument(
        "--second", type=file_or_input, default=None, metavar="DIR", help="nhớ nơi sao lưu thứ hai; để trống là bỏ"
    )
    backup.add_argument("--guide", type=file_name, default=None, metavar="TỆP.pdf", help="trang hướng dẫn phục hồi")
    restore = add("restore", "phục hồi từ bản sao lưu")
    restore.add_argument("file", type=file_name, metavar="TỆP.mcbackup")
    restore.add_argument("--check", action="store_true", default=False, help="chỉ kiểm tra bản sao lưu")
    restore.add_argument("--recovery-key", type=file_or_input, default=None, metavar="TỆP|-", help="khóa phục hồi")
    restore.add_argument(
        "--fingerprint", default=None, metavar="DẤU|-", help="dấu vân tay trên tờ khóa phục hồi; - để quét hay gõ"
    )
    rebuild = add("rebuild", "dựng lại sổ từ mã QR trên giấy đã in")
    rebuild.add_argument("file", type=file_or_input, metavar="TỆP|-")
    rebuild.add_argument(
        "--recovery-key", type=file_or_input, default=None, metavar="TỆP|-", help="khóa trên trang khóa phục hồi"
    )
    keys = add_subcommands(add("keys", "khóa của dữ liệu"))
    keys("status", "dữ liệu được khóa bằng gì")
    change = keys("change", "mã hóa lại bằng khóa mới")
    recovery = keys("recovery", "lập khóa phục hồi mới")
    recovery.add_argument("--out", type=file_name, default=None, metavar="TỆP.pdf")
    for command in (change, recovery):
        command.add_argument(
            "--recovery-key", type=file_or_input, default=None, metavar="TỆP|-", help="thay cho người thứ hai"
        )
    keys("recover", "mở bằng khóa phục hồi").add_argument(
        "--recovery-key", type=file_or_input, default=None, metavar="TỆP|-"
    )


def _add_dossier_commands(add: AddCommand) -> None:
    add("intake", "tiếp nhận hồ sơ từ các dòng JSON").add_argument("file", type=file_or_input, metavar="TỆP|-")
    refuse = add("refuse-at-counter", "từ chối tiếp nhận tại quầy, có phiếu, không có hồ sơ")
    refuse.add_argument("file", type=file_or_input, metavar="TỆP|-")
    refuse.add_argument("--out", type=file_name, default=None, metavar="DIR", help="nơi đặt phiếu PDF")
    add("scan", "cho biết một mã quét là gì").add_argument("text", metavar="NỘI DUNG")
    add("show", "xem một hồ sơ").add_argument("code", metavar="MÃ")
    search = add("search", "tìm hồ sơ")
    search.add_argument("words", nargs="+", metavar="CHỮ")
    search.add_argument(
        "--limit", type=whole_number(1, 100_000), default=50, metavar="SỐ", help="nhiều nhất bấy nhiêu dòng"
    )
    act = add("act", "làm một việc với hồ sơ")
    act.add_argument("code", metavar="MÃ")
    act.add_argument(
        "action",
        choices=[action.value for action in Action if action not in (Action.INTAKE, Action.RESTATE)],
        metavar="VIỆC",
    )
    act.add_argument("--note", default=None, metavar="LÝ DO", help="lý do, ghi chú")
    act.add_argument("--to", default=None, metavar="NƠI NHẬN", help="người hoặc bộ phận nhận")
    act.add_argument("--until", type=iso_day, default=None, metavar="NGÀY", help="ngày hẹn lại; hạn nộp phí")
    act.add_argument("--received-by", default=None, metavar="HỌ TÊN", help="người nhận kết quả")
    act.add_argument("--receiver-id", default=None, metavar="SỐ", help="số định danh của người nhận")
    act.add_argument("--authority", default=None, metavar="GIẤY", help="giấy ủy quyền; trả qua bưu chính: số bưu gửi")
    act.add_argument("--amount", type=integer, default=None, metavar="ĐỒNG", help="số tiền thu, yêu cầu nộp hoặc hoàn")
    act.add_argument("--receipt", default=None, metavar="SỐ", help="số biên lai; từ 2027: KÝ HIỆU/SỐ")
    methods = [method.value for method in PaymentMethod]
    act.add_argument("--method", choices=methods, default=None, metavar="CÁCH", help=", ".join(methods))
    act.add_argument("--reason", default=None, metavar="NGUYÊN NHÂN", help="finish, apologise: nguyên nhân quá hạn")
    act.add_argument("--set", type=correction, action="append", default=[], metavar="MỤC=GIÁ TRỊ", dest="sets")
    _add_bulk_commands(add)
    deadline = add("deadline", "tính ngày hẹn trả")
    deadline.add_argument("procedure", metavar="THỦ TỤC")
    deadline.add_argument("--at", type=instant, default=None, metavar="THỜI ĐIỂM", help="lúc tiếp nhận")
    channels = [channel.value for channel in Channel]
    deadline.add_argument("--channel", choices=channels, default=None, metavar="KÊNH", help=", ".join(channels))
    deadline.add_argument("--place", default=None, metavar="ĐIỂM", help="điểm tiếp nhận, mã hoặc tên")
    deadline.add_argument(
        "--level", type=integer, choices=(1, 2), default=None, metavar="MỨC", help="mức tài khoản: 1, 2"
    )
    deadline.add_argument("--birth", type=birth_date, default=None, metavar="NGÀY", help="ngày hoặc năm sinh")
    deadline.add_argument("--exempt", action="append", default=None, metavar="NHÓM", help="nhóm được miễn, giảm phí")
    pages, sets = whole_number(1, 10_000), whole_number(1, 999)
    deadline.add_argument("--pages", type=pages, default=None, metavar="SỐ", help="số trang của một bản chính")
    deadline.add_argument("--quantity", type=sets, default=1, metavar="SỐ", help="số bộ hoặc số bản sao")


def _add_bulk_commands(add: AddCommand) -> None:
    many = add("send-many", "chuyển nhiều hồ sơ cùng lúc")
    many.add_argument("codes", nargs="+", metavar="MÃ")
    many.add_argument("--to", required=True, metavar="NƠI NHẬN")
    many.add_argument("--note", default=None, metavar="GHI CHÚ")
    take_over = add("take-over", "chuyển hết việc của người vắng mặt")
    take_over.add_argument("--from", required=True, dest="absent", metavar="NGƯỜI")
    take_over.add_argument("--to", required=True, metavar="NGƯỜI")
    take_over.add_argument("--note", default=None, metavar="GHI CHÚ")
    add("tray", "đếm hồ sơ giấy trong khay cuối ngày").add_argument("file", type=file_or_input, metavar="TỆP|-")


def _add_document_commands(add: AddCommand) -> None:
    blanks = add("blanks", "giấy tiếp nhận in sẵn số, dùng khi mất điện")
    what = blanks.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--count", type=whole_number(1, 200), default=None, metavar="SỐ", help="in bấy nhiêu giấy, mỗi giấy 2 liên"
    )
    what.add_argument("--list", action="store_true", default=False, help="giấy chưa dùng")
    what.add_argument("--cancel", nargs="+", default=None, metavar="MÃ", help="hủy giấy hỏng, kèm --note")
    blanks.add_argument(
        "--on", type=iso_day, default=None, metavar="NGÀY", help="ngày trong mã: hôm nay hoặc 7 ngày tới"
    )
    blanks.add_argument("--out", type=file_name, default=None, metavar="TỆP.pdf")
    blanks.add_argument("--paper", choices=["A4", "A5"], default="A5")
    blanks.add_argument("--note", default="", metavar="LÝ DO", help="lý do hủy")
    paper = add("print", "in một giấy tờ ra tệp PDF")
    forms = _PaperForms((*(form.value for form in PaperForm), "register", "cash", *_POSTED))
    paper.add_argument("form", choices=forms, metavar="MẪU")
    codes_help = "mã hồ sơ; handover, batch nhận nhiều mã; handover-list: mã phiếu, hoặc mã một hồ sơ trong phiếu"
    paper.add_argument("codes", nargs="*", default=[], metavar="MÃ", help=codes_help)
    paper.add_argument(
        "--from", type=iso_day, default=None, dest="first", metavar="NGÀY", help="sổ, bảng kê thu: từ ngày"
    )
    paper.add_argument(
        "--to", type=iso_day, default=None, dest="last", metavar="NGÀY", help="sổ, bảng kê thu: đến ngày"
    )
    paper.add_argument("--on", type=iso_day, default=None, metavar="NGÀY", help="bảng kê thu, giấy niêm yết: ngày")
    paper.add_argument("--by", default=None, metavar="HỌ TÊN", help="bảng kê thu: người thu")
    paper.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    paper.add_argument("--out", type=file_name, required=True, metavar="TỆP.pdf")
    paper.add_argument("--copies", type=integer, default=None)
    paper.add_argument("--paper", choices=[*(size.value for size in PaperSize), "A3"], default=None)


def _add_table_commands(add: AddCommand) -> None:
    catalogue = add_subcommands(add("catalogue", "danh mục thủ tục"))
    listing = catalogue("list", "liệt kê")
    listing.add_argument("words", nargs="*", default=[], metavar="CHỮ")
    loaded = catalogue("import", "nạp bảng")
    loaded.add_argument("file", type=file_name, metavar="TỆP.tsv", help="TSV, CSV hay .xlsx")
    loaded.add_argument("--dry-run", action="store_true", default=False, help="chỉ xem mới, thay đổi, bãi bỏ")
    loaded.add_argument("--decision", default="", metavar="SỐ", help="số quyết định")
    loaded.add_argument(
        "--on", type=iso_day, default=None, metavar="NGÀY", help="ngày hiệu lực của dòng không ghi ngày"
    )
    loaded.add_argument("--out", type=file_name, default=None, metavar="TỆP.xlsx", help="bản xem trước để ký")
    catalogue("export", "xuất bảng").add_argument("file", type=file_name, metavar="TỆP.tsv")
    catalogue("show", "các phiên bản của một thủ tục").add_argument("code", metavar="MÃ")
    publish = catalogue("publish", "công khai và tiếp nhận những thủ tục nào")
    publish.add_argument("codes", nargs="*", default=[], metavar="MÃ")
    publish.add_argument("--all-of", action="append", default=[], dest="fields", metavar="LĨNH VỰC")
    publish.add_argument(
        "--only", type=file_name, default=None, metavar="TỆP", help="chỉ các mã trong tệp, mỗi dòng một mã"
    )
    version = catalogue("set", "ghi phiên bản mới của một thủ tục")
    version.add_argument("code", metavar="MÃ")
    version.add_argument("cells", nargs="+", metavar="CỘT=GIÁ TRỊ")
    version.add_argument("--from", type=iso_day, default=None, dest="first", metavar="NGÀY", help="ngày hiệu lực")
    version.add_argument(
        "--keep-running", action="store_true", default=False, help="bãi bỏ dù còn hồ sơ đang giải quyết"
    )
    _add_calendar_commands(add_subcommands(add("calendar", "lịch làm việc")))
    add_report_command(add)
    reconcile = add("reconcile", "đối chiếu bảng số liệu của nơi khác")
    reconcile.add_argument("file", type=file_name, metavar="TỆP.csv|.xlsx")
    late = add("false-late", "giải trình danh sách hồ sơ bị báo quá hạn")
    late.add_argument("file", type=file_name, metavar="TỆP.csv|.xlsx")
    late.add_argument("--map", type=file_name, default=None, metavar="MAP.toml", help="cột nào là gì")
    late.add_argument("--out", type=file_name, required=True, metavar="TỆP.xlsx|.docx")
    register = add("import", "nhập sổ theo dõi giữ ở Excel hoặc chương trình khác")
    register.add_argument("file", type=file_name, metavar="TỆP.csv|.xlsx")
    register.add_argument(
        "--map", type=file_name, default=None, metavar="MAP.toml", help="cột nào là gì, tên thủ tục là mã nào"
    )
    register.add_argument("--dry-run", action="store_true", default=False, help="chỉ xem sẽ nhập gì, không ghi")
    register.add_argument("--send", action="store_true", default=False, help="gửi cả các hồ sơ này lên trên")
    register.add_argument(
        "--refused", type=file_name, default=None, metavar="TỆP.xlsx", help="ghi các dòng bị bỏ, kèm lý do"
    )
    _add_sync_commands(add_subcommands(add("sync", "đồng bộ lên trên")))


def _add_sync_commands(sync: AddCommand) -> None:
    export = sync("export", "lập tệp gửi đi")
    target = export.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", type=file_name, default=None)
    target.add_argument(
        "--all", type=file_name, default=None, metavar="THƯ MỤC", help="ghi mọi tệp chưa được xác nhận vào một thư mục"
    )
    export.add_argument("--again", type=whole_number(1, 999_999_999), default=None, metavar="SỐ")
    export.add_argument(
        "--national", action="store_true", default=False, help="mẫu quốc gia của một kỳ (JSON, có dữ liệu cá nhân)"
    )
    export.add_argument(
        "--from", type=iso_day, default=None, dest="first", metavar="NGÀY", help="mẫu quốc gia: từ ngày"
    )
    export.add_argument("--to", type=iso_day, default=None, dest="last", metavar="NGÀY", help="mẫu quốc gia: đến ngày")
    sync("push", "gửi đến khi hết, hoặc đến trở ngại đầu tiên")
    apply = sync("apply", "nhận câu trả lời (.mcack) hoặc gói (.mcdown) của nơi nhận")
    apply.add_argument("file", type=file_name, metavar="TỆP")
    apply.add_argument("--yes", action="store_true", default=False, help="gói: dùng, sau khi đã xem thay đổi")
    status = sync("status", "tình trạng gửi")
    status.add_argument("--dossiers", action="store_true", default=False, help="thêm một dòng cho mỗi hồ sơ")
    status.add_argument("--files", action="store_true", default=False, help="thêm một dòng cho mỗi tệp")
    sync("resend", "gửi lại toàn bộ một hồ sơ, sau khi đã sửa").add_argument("code", metavar="MÃ")
    join = sync("join", "nạp thẻ của nơi nhận vào tệp cơ quan")
    join.add_argument("file", type=file_name, metavar="TỆP")
    sync("identity", "khóa và dấu vân tay của máy này, đọc qua điện thoại")


_TICKET_PAPERS = (PaperSize.ROLL_80.value, PaperSize.A5.value)


def _add_ticket_number(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    parser.add_argument("number", nargs=nargs, type=whole_number(1, 999), default=None, metavar="SỐ")


def _add_queue_commands(add: AddCommand) -> None:
    queue = add_subcommands(add("queue", "số thứ tự"))
    take = queue("take", "lấy số")
    take.add_argument("--service", choices=[service.value for service in Service], default=Service.INTAKE.value)
    again = queue("print", "in lại phiếu số của hôm nay")
    _add_ticket_number(again)
    for each, required in ((take, False), (again, True)):
        each.add_argument("--out", type=file_name, default=None, required=required, metavar="TỆP.pdf", help="phiếu số")
        each.add_argument("--paper", choices=_TICKET_PAPERS, default=PaperSize.ROLL_80.value, help="giấy của phiếu số")
    call = queue("call", "mời số tiếp theo đến quầy này, hoặc một số đã phát")
    call.add_argument("number", nargs="?", type=whole_number(1, 999), default=None, metavar="SỐ")
    call.add_argument("--again", action="store_true", default=False, help="mời lại số đang gọi")
    call.add_argument("--service", choices=[service.value for service in Service], action="append", default=[])
    hold = queue("hold", "giữ số đang gọi, mời lại sau")
    absent = queue("absent", "số đang gọi không có người")
    transfer = queue("transfer", "chuyển số sang quầy khác hoặc việc khác")
    for each in (hold, absent, transfer):
        _add_ticket_number(each, nargs="?")
    transfer.add_argument("--note", required=True, metavar="LÝ DO")
    transfer.add_argument("--to-desk", type=whole_number(1, 99), default=None, metavar="QUẦY")
    transfer.add_argument("--to-service", choices=[service.value for service in Service], default=None)
    for each in (call, hold, absent, transfer):
        each.add_argument("--desk", type=whole_number(1, 99), default=None, metavar="QUẦY", help="mặc định: quầy này")
    queue("list", "số đang chờ, vừa gọi, để riêng; thời gian chờ ước tính")


def _add_citizen_commands(add: AddCommand) -> None:
    _add_queue_commands(add)
    rate = add("rate", "ghi đánh giá của công dân về một hồ sơ")
    rate.add_argument("code", metavar="MÃ")
    rate.add_argument("face", choices=[face.value for face in SatisfactionFace], metavar="MỨC")
    rate.add_argument("--points", type=points, nargs="+", action="extend", default=[], metavar="CHỈ SỐ=ĐIỂM")
    rate.add_argument("--comment", default="", metavar="Ý KIẾN")
    feedback = add_subcommands(add("feedback", "phản ánh, kiến nghị"))
    entry = feedback("add", "ghi một phản ánh")
    entry.add_argument("content", metavar="NỘI DUNG")
    entry.add_argument("--way", choices=[way.value for way in FeedbackChannel], default=FeedbackChannel.DIRECT.value)
    entry.add_argument("--about", choices=[about.value for about in FeedbackTopic], default=FeedbackTopic.OTHER.value)
    entry.add_argument("--sender", default="", metavar="NGƯỜI GỬI")
    entry.add_argument("--contact", default="", metavar="LIÊN HỆ")
    entry.add_argument("--code", default="", metavar="MÃ", help="hồ sơ liên quan")
    entry.add_argument("--due", type=iso_day, default=None, metavar="NGÀY", help="hạn trả lời")
    answer = feedback("answer", "ghi trả lời")
    answer.add_argument("number", type=whole_number(1, 999_999), metavar="SỐ")
    answer.add_argument("answer", metavar="TRẢ LỜI")
    answer.add_argument("--year", type=whole_number(2000, 2090), default=None, metavar="NĂM")
    answer.add_argument("--content-after", choices=["yes", "no"], default=None, help="người gửi có hài lòng không")
    listing = feedback("list", "liệt kê")
    listing.add_argument("--from", type=iso_day, default=None, dest="first", metavar="NGÀY")
    listing.add_argument("--to", type=iso_day, default=None, dest="last", metavar="NGÀY")
    _add_sms_commands(add_subcommands(add("notices", "tin nhắn báo cho công dân")))
    add("keys-card", "thẻ nhanh: các phím, một trang A4").add_argument(
        "--out", type=file_name, required=True, metavar="TỆP.pdf"
    )
    card = add("scanner-card", "thẻ thử và cài đặt máy quét")
    card.add_argument("--out", type=file_name, required=True, metavar="TỆP.pdf")
    card.add_argument("--paper", choices=[PaperSize.A4.value, PaperSize.A5.value], default=PaperSize.A4.value)


def _add_sms_commands(add: AddCommand) -> None:
    add("on", "từ nay lập tin nhắn theo từng việc")
    add("off", "từ nay không lập tin nhắn")
    for name, words in (("stop", "người này không nhận tin nhắn"), ("allow", "người này lại nhận tin nhắn")):
        add(name, words).add_argument("phone", metavar="SỐ ĐIỆN THOẠI")
    add("list", "liệt kê").add_argument("--waiting", action="store_true", default=False, help="chỉ tin chờ gửi")
    add("export", "ghi tin chờ gửi ra tệp cho chương trình khác").add_argument(
        "file", type=file_name, metavar="TỆP.csv|.xlsx"
    )
    send = add("send", "gửi bằng modem GSM cắm vào máy")
    send.add_argument("--port", required=True, metavar="CỔNG", help="ví dụ COM5 hoặc /dev/ttyUSB0")
    send.add_argument("--patience", type=whole_number(1, 120), default=10, metavar="GIÂY", help="chờ modem trả lời")


def _add_calendar_commands(add: AddCommand) -> None:
    add("list", "các ngày khác thường lệ").add_argument("--year", type=whole_number(2000, 2090), default=None)
    decision = add("add", "ghi một quyết định")
    decision.add_argument("date", type=iso_day, metavar="NGÀY")
    decision.add_argument("kind", choices=[kind.value for kind in DayKind], metavar="LOẠI")
    decision.add_argument("--hours", default="", metavar="GIỜ")
    decision.add_argument("--decision", default="", metavar="CĂN CỨ")
    add("remove", "bỏ quyết định về một ngày").add_argument("date", type=iso_day, metavar="NGÀY")
    add("import", "nạp bảng quyết định").add_argument("file", type=file_name, metavar="TỆP.csv")
