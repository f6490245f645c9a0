"""The grammar of what an administrator does: the office and its people, the clock, backups, keys."""

from pathlib import Path

from app.cli.argtypes import SECOND_HELP, AddCommand, Parser, add_subcommands, iso_day, whole
from app.models.enums import Role


def add_office_commands(verb: AddCommand) -> None:
    """Adds them."""
    init = verb("init", "lập dữ liệu mới cho một cơ quan")
    init.add_argument("office", nargs="?", default=None, metavar="TỆP.toml", help="tệp cơ quan")
    init.add_argument("--training", action="store_true", default=False, help="cơ quan tập huấn")
    init.add_argument("--demo", action="store_true", default=False, help="cơ quan tập huấn có sẵn người và hồ sơ mẫu")
    head = "dòng «Nhật ký đến» trên trang sổ đã in, ví dụ 1-214-0f3a…"
    verb("check", "kiểm tra dữ liệu").add_argument("--head", default="", metavar="QUẦY-SỐ-MÃ", help=head)
    numbers = add_subcommands(verb("numbers", "bộ đếm số hồ sơ của quầy"))
    numbers("status", "đang ở số nào").add_argument("--day", type=iso_day, default=None, metavar="NGÀY")
    repair = numbers("repair", "hai người đặt số kế tiếp, chỉ tiến")
    repair.add_argument("--day", type=iso_day, required=True, metavar="NGÀY")
    repair.add_argument("--next", type=whole(1, 999_999), required=True, metavar="SỐ", help="số kế tiếp của ngày ấy")
    repair.add_argument("--reason", required=True, metavar="LÝ DO")
    repair.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
    people = add_subcommands(verb("users", "người dùng"))
    people("list", "liệt kê")
    person = people("add", "thêm người")
    person.add_argument("name", metavar="TÊN")
    _add_role_option(person, "vai trò; ghi nhiều lần nếu kiêm nhiệm, vai trò chính đứng đầu")
    people("disable", "ngừng một người").add_argument("name", metavar="TÊN")
    again = people("reset", "đặt lại mật khẩu, mở khóa, cho làm lại, đổi vai trò")
    again.add_argument("name", metavar="TÊN")
    _add_role_option(again, "vai trò mới; không ghi thì giữ nguyên")
    own = people("password", "đổi mật khẩu hoặc mã PIN của chính mình")
    for one in (person, again, own):
        one.add_argument("--new", default=None, metavar="TỆP|-", help="mật khẩu mới: dòng đầu của tệp, hay đầu vào")
    trail = add_subcommands(verb("access", "ai đã đăng nhập, ai đã mở hồ sơ nào"))("list", "liệt kê, mới nhất trước")
    trail.add_argument("--code", default=None, metavar="MÃ", help="chỉ của một hồ sơ")
    trail.add_argument("--name", default=None, metavar="TÊN", help="chỉ của một người")
    trail.add_argument("--limit", type=whole(1, 100_000), default=200, metavar="SỐ", help="nhiều nhất bấy nhiêu dòng")
    clock = add_subcommands(verb("clock", "đồng hồ của máy"))
    clock("status", "có đáng tin không")
    confirm = clock("confirm", "hai người xác nhận ngày hôm nay")
    confirm.add_argument("day", type=iso_day, metavar="NGÀY")
    confirm.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
    office = add_subcommands(verb("office", "tên và mã của cơ quan"))
    office("show", "tên hiện nay và các tên trước")
    succeed = office("succeed", "đi tiếp dưới tên, mã mới khi sáp nhập hoặc đổi tên")
    succeed.add_argument("office", type=Path, metavar="TỆP.toml", help="tệp của cơ quan mới")
    succeed.add_argument("--decision", required=True, metavar="SỐ", help="số, ngày quyết định")
    succeed.add_argument("--from", type=iso_day, required=True, dest="day", metavar="NGÀY", help="có hiệu lực từ ngày")
    _add_backup_commands(verb)
    demo = verb("demo", "chạy trọn một việc của quầy trên cơ quan tập huấn")
    demo.add_argument("--out", type=Path, default=None, metavar="DIR", help="nơi đặt kết quả")
    verb("window", "mở cửa sổ")


def _add_backup_commands(verb: AddCommand) -> None:
    backup = verb("backup", "sao lưu dữ liệu")
    backup.add_argument("--to", type=Path, default=None, metavar="DIR", help="thư mục, ví dụ trên USB")
    backup.add_argument("--auto", action="store_true", default=False, help="nếu đến giờ; cho Task Scheduler")
    backup.add_argument("--second", default=None, metavar="DIR", help="nhớ nơi sao lưu thứ hai; để trống là bỏ")
    backup.add_argument("--guide", type=Path, default=None, metavar="TỆP.pdf", help="trang hướng dẫn phục hồi")
    restore = verb("restore", "phục hồi từ bản sao lưu")
    restore.add_argument("file", type=Path, metavar="TỆP.mcbackup")
    restore.add_argument("--check", action="store_true", default=False, help="chỉ kiểm tra bản sao lưu")
    restore.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="khóa phục hồi")
    restore.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
    rebuild = verb("rebuild", "dựng lại sổ từ mã QR trên giấy đã in")
    rebuild.add_argument("file", metavar="TỆP|-")
    rebuild.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
    rebuild.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="khóa trên trang khóa phục hồi")
    keys = add_subcommands(verb("keys", "khóa của dữ liệu"))
    keys("status", "dữ liệu được khóa bằng gì")
    change = keys("change", "mã hóa lại bằng khóa mới")
    recovery = keys("recovery", "lập khóa phục hồi mới")
    recovery.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf")
    for part in (change, recovery):
        part.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
        part.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="thay cho người thứ hai")
    keys("recover", "mở bằng khóa phục hồi").add_argument("--recovery-key", default=None, metavar="TỆP|-")


def _add_role_option(person: Parser, words: str) -> None:
    choices = [role.value for role in Role]
    person.add_argument("--role", choices=choices, action="append", default=[], metavar="VAI TRÒ", help=words)
