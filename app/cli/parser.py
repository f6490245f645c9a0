"""The command line's grammar: verbs, their arguments, and the four options that stand before or after them."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from app.cli.answers import COLUMNS, warn
from app.models.values import (
    Action,
    DayKind,
    Face,
    FeedbackAbout,
    FeedbackWay,
    PaperForm,
    PaperSize,
    Role,
    Service,
    office_instant,
)

_TRANSLATED = (
    (re.compile(r"the following arguments are required: (.*)"), r"thiếu \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"không hiểu «\1»"),
    (
        re.compile(r"argument (\S+): invalid choice: (.+?) \(choose from (.*)\)", re.S),
        r"\1: không có \2; chọn một trong \3",
    ),
    (re.compile(r"argument (\S+): expected (one|at least one) argument"), r"\1: thiếu giá trị"),
    (re.compile(r"argument (\S+): ignored explicit argument (.*)"), r"\1 không nhận giá trị \2"),
    (re.compile(r"argument (\S+): invalid int value: (.*)"), r"\1: \2 không phải số nguyên"),
    (re.compile(r"argument (\S+): (.*)"), r"\1: \2"),
)

_SECOND = "người thứ hai cùng chịu trách nhiệm"
_WITH_THE_WINDOW = frozenset(("--data", "--user", "--now"))
_YEARS = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=COLUMNS - len("Cách dùng") + len("usage"))  # told in more letters than set


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese, and ends with status 2 where the call is wrong."""

    def __init__(self, *, add_help: bool = True, **told: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **told)
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="cách dùng")

    def format_help(self) -> str:
        """The help text."""
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call."""
        for pattern, words in _TRANSLATED:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        warn(f"Sai cách dùng: {message}.")
        warn(f"Xem cách dùng: {self.prog} --help")
        raise SystemExit(2)


def instant(text: str) -> datetime:
    """An instant of the command line, in a year the calendar can reckon with."""
    try:
        if not _YEARS.match(text):
            raise ValueError(text)
        return office_instant(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"thời điểm «{text}» không đúng, ghi dạng 2026-02-12T09:30") from None


def day(text: str) -> date:
    """A day of the command line."""
    try:
        if not _YEARS.fullmatch(text[:10]) or len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"ngày «{text}» không đúng, ghi dạng 2026-02-12") from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within both bounds."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi số nguyên từ {least} đến {most}")
        return int(text)

    return read


def correction(text: str) -> tuple[str, str]:
    """FIELD=VALUE."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi dạng MỤC=GIÁ TRỊ")
    return name.strip(), value


def points(text: str) -> tuple[int, int]:
    """INDEX=POINTS of a judgement."""
    found = re.fullmatch(r"([0-9]{1,2})=([0-9]{1,2})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"«{text}» không đúng, ghi dạng CHỈ SỐ=ĐIỂM, ví dụ 7=2")
    return int(found[1]), int(found[2])


def _options() -> Parser:
    shared = Parser(prog="motcua", add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data", type=Path, metavar="DIR", help="thư mục dữ liệu của cơ quan")
    shared.add_argument("--json", action="store_true", help="chỉ in JSON")
    shared.add_argument("--now", type=instant, metavar="THỜI ĐIỂM", help="giờ giả định (chỉ cơ quan tập huấn)")
    shared.add_argument("--user", metavar="TÊN", help="người đang làm việc")
    return shared


def read_call(words: Sequence[str]) -> argparse.Namespace:
    """What a call asks for. The window alone, opened every morning, does not wait for the grammar of forty verbs."""
    window = len(words) % 2 == 0 and _WITH_THE_WINDOW.issuperset(words[::2])
    return (_options() if window else parser()).parse_args(words)


def parser() -> Parser:
    """The whole grammar."""
    shared = _options()
    whole = Parser(
        prog="motcua",
        parents=[shared],
        description="Một Cửa: phần mềm quầy một cửa cấp xã.",
        argument_default=argparse.SUPPRESS,
    )
    verbs = whole.add_subparsers(dest="verb", metavar="LỆNH", parser_class=Parser)

    def verb(name: str, words: str) -> Parser:
        return verbs.add_parser(
            name, parents=[shared], help=words, description=words, argument_default=argparse.SUPPRESS
        )

    for add in (_office_verbs, _dossier_verbs, _paper_verbs, _table_verbs, _citizen_verbs):
        add(verb)
    return whole


_Verb = Callable[[str, str], Parser]


def _office_verbs(verb: _Verb) -> None:
    init = verb("init", "lập dữ liệu mới cho một cơ quan")
    init.add_argument("office", nargs="?", default=None, metavar="TỆP.toml", help="tệp cơ quan")
    init.add_argument("--training", action="store_true", default=False, help="cơ quan tập huấn")
    init.add_argument("--demo", action="store_true", default=False, help="cơ quan tập huấn có sẵn người và hồ sơ mẫu")
    verb("check", "kiểm tra dữ liệu")
    people = _inner(verb("users", "người dùng"))
    people("list", "liệt kê")
    person = people("add", "thêm người")
    person.add_argument("name", metavar="TÊN")
    _roles(person, "vai trò; ghi nhiều lần nếu kiêm nhiệm, vai trò chính đứng đầu")
    people("disable", "ngừng một người").add_argument("name", metavar="TÊN")
    again = people("reset", "đặt lại mật khẩu, mở khóa, cho làm lại, đổi vai trò")
    again.add_argument("name", metavar="TÊN")
    _roles(again, "vai trò mới; không ghi thì giữ nguyên")
    trail = _inner(verb("access", "ai đã đăng nhập, ai đã mở hồ sơ nào"))("list", "liệt kê, mới nhất trước")
    trail.add_argument("--code", default=None, metavar="MÃ", help="chỉ của một hồ sơ")
    trail.add_argument("--name", default=None, metavar="TÊN", help="chỉ của một người")
    trail.add_argument("--limit", type=whole(1, 100_000), default=200, metavar="SỐ", help="nhiều nhất bấy nhiêu dòng")
    clock = _inner(verb("clock", "đồng hồ của máy"))
    clock("status", "có đáng tin không")
    confirm = clock("confirm", "hai người xác nhận ngày hôm nay")
    confirm.add_argument("day", type=day, metavar="NGÀY")
    confirm.add_argument("--second", default=None, metavar="TÊN", help=_SECOND)
    office = _inner(verb("office", "tên và mã của cơ quan"))
    office("show", "tên hiện nay và các tên trước")
    succeed = office("succeed", "đi tiếp dưới tên, mã mới khi sáp nhập hoặc đổi tên")
    succeed.add_argument("office", type=Path, metavar="TỆP.toml", help="tệp của cơ quan mới")
    succeed.add_argument("--decision", required=True, metavar="SỐ", help="số, ngày quyết định")
    succeed.add_argument("--from", type=day, required=True, dest="day", metavar="NGÀY", help="có hiệu lực từ ngày")
    _keeping_verbs(verb)
    demo = verb("demo", "chạy trọn một việc của quầy trên cơ quan tập huấn")
    demo.add_argument("--out", type=Path, default=None, metavar="DIR", help="nơi đặt kết quả")
    verb("window", "mở cửa sổ")


def _keeping_verbs(verb: _Verb) -> None:
    backup = verb("backup", "sao lưu dữ liệu")
    backup.add_argument("--to", type=Path, default=None, metavar="DIR", help="thư mục, ví dụ trên USB")
    backup.add_argument("--auto", action="store_true", default=False, help="nếu đến giờ; cho Task Scheduler")
    backup.add_argument("--second", default=None, metavar="DIR", help="nhớ nơi sao lưu thứ hai; để trống là bỏ")
    backup.add_argument("--guide", type=Path, default=None, metavar="TỆP.pdf", help="trang hướng dẫn phục hồi")
    restore = verb("restore", "phục hồi từ bản sao lưu")
    restore.add_argument("file", type=Path, metavar="TỆP.mcbackup")
    restore.add_argument("--check", action="store_true", default=False, help="chỉ kiểm tra bản sao lưu")
    restore.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="khóa phục hồi")
    restore.add_argument("--second", default=None, metavar="TÊN", help=_SECOND)
    rebuild = verb("rebuild", "dựng lại sổ từ mã QR trên giấy đã in")
    rebuild.add_argument("file", metavar="TỆP|-")
    rebuild.add_argument("--second", default=None, metavar="TÊN", help=_SECOND)
    rebuild.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="khóa trên trang khóa phục hồi")
    keys = _inner(verb("keys", "khóa của dữ liệu"))
    keys("status", "dữ liệu được khóa bằng gì")
    change = keys("change", "mã hóa lại bằng khóa mới")
    recovery = keys("recovery", "lập khóa phục hồi mới")
    recovery.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf")
    for part in (change, recovery):
        part.add_argument("--second", default=None, metavar="TÊN", help=_SECOND)
        part.add_argument("--recovery-key", default=None, metavar="TỆP|-", help="thay cho người thứ hai")
    keys("recover", "mở bằng khóa phục hồi").add_argument("--recovery-key", default=None, metavar="TỆP|-")


def _roles(person: Parser, words: str) -> None:
    choices = [role.value for role in Role]
    person.add_argument("--role", choices=choices, action="append", default=[], metavar="VAI TRÒ", help=words)


def _dossier_verbs(verb: _Verb) -> None:
    verb("intake", "tiếp nhận hồ sơ từ các dòng JSON").add_argument("file", metavar="TỆP|-")
    refuse = verb("refuse-at-counter", "từ chối tiếp nhận tại quầy, có phiếu, không có hồ sơ")
    refuse.add_argument("file", metavar="TỆP|-")
    refuse.add_argument("--out", type=Path, default=None, metavar="DIR", help="nơi đặt phiếu PDF")
    verb("scan", "cho biết một mã quét là gì").add_argument("text", metavar="NỘI DUNG")
    verb("show", "xem một hồ sơ").add_argument("code", metavar="MÃ")
    search = verb("search", "tìm hồ sơ")
    search.add_argument("words", nargs="+", metavar="CHỮ")
    search.add_argument("--limit", type=whole(1, 100_000), default=50, metavar="SỐ", help="nhiều nhất bấy nhiêu dòng")
    act = verb("act", "làm một việc với hồ sơ")
    act.add_argument("code", metavar="MÃ")
    act.add_argument("action", choices=[action.value for action in Action if action != Action.INTAKE], metavar="VIỆC")
    act.add_argument("--note", default=None, metavar="LÝ DO", help="lý do, ghi chú")
    act.add_argument("--to", default=None, metavar="NƠI NHẬN", help="người hoặc bộ phận nhận")
    act.add_argument("--until", type=day, default=None, metavar="NGÀY", help="ngày hẹn lại")
    act.add_argument("--received-by", default=None, metavar="HỌ TÊN", help="người nhận kết quả")
    act.add_argument("--amount", type=int, default=None, metavar="ĐỒNG", help="số tiền thu")
    act.add_argument("--receipt", default=None, metavar="SỐ", help="số biên lai")
    act.add_argument("--second", default=None, metavar="TÊN", help=_SECOND)
    act.add_argument("--set", type=correction, action="append", default=[], metavar="MỤC=GIÁ TRỊ", dest="sets")
    _many_verbs(verb)
    deadline = verb("deadline", "tính ngày hẹn trả")
    deadline.add_argument("procedure", metavar="THỦ TỤC")
    deadline.add_argument("--at", type=instant, default=None, metavar="THỜI ĐIỂM", help="lúc tiếp nhận")


def _many_verbs(verb: _Verb) -> None:
    many = verb("send-many", "chuyển nhiều hồ sơ cùng lúc")
    many.add_argument("codes", nargs="+", metavar="MÃ")
    many.add_argument("--to", required=True, metavar="NƠI NHẬN")
    many.add_argument("--note", default=None, metavar="GHI CHÚ")
    take_over = verb("take-over", "chuyển hết việc của người vắng mặt")
    take_over.add_argument("--from", required=True, dest="absent", metavar="NGƯỜI")
    take_over.add_argument("--to", required=True, metavar="NGƯỜI")
    take_over.add_argument("--note", default=None, metavar="GHI CHÚ")
    verb("tray", "đếm hồ sơ giấy trong khay cuối ngày").add_argument("file", metavar="TỆP|-")


def _paper_verbs(verb: _Verb) -> None:
    blanks = verb("blanks", "giấy tiếp nhận in sẵn số, dùng khi mất điện")
    what = blanks.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--count", type=whole(1, 200), default=None, metavar="SỐ", help="in bấy nhiêu giấy, mỗi giấy 2 liên"
    )
    what.add_argument("--list", action="store_true", default=False, help="giấy chưa dùng")
    what.add_argument("--cancel", nargs="+", default=None, metavar="MÃ", help="hủy giấy hỏng, kèm --note")
    blanks.add_argument("--on", type=day, default=None, metavar="NGÀY", help="ngày trong mã: hôm nay hoặc 7 ngày tới")
    blanks.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf")
    blanks.add_argument("--paper", choices=["A4", "A5"], default="A5")
    blanks.add_argument("--note", default="", metavar="LÝ DO", help="lý do hủy")
    paper = verb("print", "in một giấy tờ ra tệp PDF")
    paper.add_argument("form", choices=[*(form.value for form in PaperForm), "register", "cash"], metavar="MẪU")
    paper.add_argument("codes", nargs="*", default=[], metavar="MÃ", help="mã hồ sơ; handover và batch nhận nhiều mã")
    paper.add_argument("--from", type=day, default=None, dest="first", metavar="NGÀY", help="sổ, bảng kê thu: từ ngày")
    paper.add_argument("--to", type=day, default=None, dest="last", metavar="NGÀY", help="sổ, bảng kê thu: đến ngày")
    paper.add_argument("--on", type=day, default=None, metavar="NGÀY", help="bảng kê thu: ngày")
    paper.add_argument("--by", default=None, metavar="HỌ TÊN", help="bảng kê thu: người thu")
    paper.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    paper.add_argument("--out", type=Path, required=True, metavar="TỆP.pdf")
    paper.add_argument("--copies", type=int, default=None)
    paper.add_argument("--paper", choices=[size.value for size in PaperSize], default=None)


def _table_verbs(verb: _Verb) -> None:
    catalogue = verb("catalogue", "danh mục thủ tục")
    kinds = _inner(catalogue)
    listing = kinds("list", "liệt kê")
    listing.add_argument("words", nargs="*", default=[], metavar="CHỮ")
    kinds("import", "nạp bảng").add_argument("file", type=Path, metavar="TỆP.tsv")
    kinds("export", "xuất bảng").add_argument("file", type=Path, metavar="TỆP.tsv")
    kinds("show", "các phiên bản của một thủ tục").add_argument("code", metavar="MÃ")
    version = kinds("set", "ghi phiên bản mới của một thủ tục")
    version.add_argument("code", metavar="MÃ")
    version.add_argument("cells", nargs="+", metavar="CỘT=GIÁ TRỊ")
    version.add_argument("--from", type=day, default=None, dest="first", metavar="NGÀY", help="ngày hiệu lực")
    version.add_argument(
        "--keep-running", action="store_true", default=False, help="bãi bỏ dù còn hồ sơ đang giải quyết"
    )
    _calendar_verbs(_inner(verb("calendar", "lịch làm việc")))
    report = verb("report", "báo cáo")
    report.add_argument("name", choices=["06a", "register", "fees", "satisfaction", "feedback"], metavar="TÊN")
    report.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    report.add_argument("--by", default=None, metavar="HỌ TÊN", help="phí: người thu")
    report.add_argument("--from", type=day, default=None, dest="first")
    report.add_argument("--to", type=day, default=None, dest="last")
    report.add_argument("--preset", default=None)
    report.add_argument("--on", type=day, default=None)
    report.add_argument("--out", type=Path, default=None)
    sync = _inner(verb("sync", "đồng bộ lên trên"))
    export = sync("export", "lập tệp gửi đi")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--again", type=whole(1, 999_999_999), default=None, metavar="SỐ")
    sync("status", "tình trạng gửi")


def _citizen_verbs(verb: _Verb) -> None:
    queue = _inner(verb("queue", "số thứ tự"))
    take = queue("take", "lấy số")
    take.add_argument("--service", choices=[service.value for service in Service], default=Service.INTAKE.value)
    take.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf", help="phiếu số trên giấy 80 mm")
    call = queue("call", "mời số tiếp theo đến quầy này")
    call.add_argument("--again", action="store_true", default=False, help="mời lại số vừa gọi")
    queue("list", "số vừa gọi và số đang chờ")
    rate = verb("rate", "ghi đánh giá của công dân về một hồ sơ")
    rate.add_argument("code", metavar="MÃ")
    rate.add_argument("face", choices=[face.value for face in Face], metavar="MỨC")
    rate.add_argument("--points", type=points, nargs="+", default=[], metavar="CHỈ SỐ=ĐIỂM")
    rate.add_argument("--comment", default="", metavar="Ý KIẾN")
    kinds = _inner(verb("feedback", "phản ánh, kiến nghị"))
    add = kinds("add", "ghi một phản ánh")
    add.add_argument("content", metavar="NỘI DUNG")
    add.add_argument("--way", choices=[way.value for way in FeedbackWay], default=FeedbackWay.DIRECT.value)
    add.add_argument("--about", choices=[about.value for about in FeedbackAbout], default=FeedbackAbout.OTHER.value)
    add.add_argument("--sender", default="", metavar="NGƯỜI GỬI")
    add.add_argument("--contact", default="", metavar="LIÊN HỆ")
    add.add_argument("--code", default="", metavar="MÃ", help="hồ sơ liên quan")
    add.add_argument("--due", type=day, default=None, metavar="NGÀY", help="hạn trả lời")
    answer = kinds("answer", "ghi trả lời")
    answer.add_argument("number", type=whole(1, 999_999), metavar="SỐ")
    answer.add_argument("answer", metavar="TRẢ LỜI")
    answer.add_argument("--year", type=whole(2000, 2090), default=None, metavar="NĂM")
    answer.add_argument("--content-after", choices=["yes", "no"], default=None, help="người gửi có hài lòng không")
    listing = kinds("list", "liệt kê")
    listing.add_argument("--from", type=day, default=None, dest="first", metavar="NGÀY")
    listing.add_argument("--to", type=day, default=None, dest="last", metavar="NGÀY")
    _notice_verbs(_inner(verb("notices", "tin nhắn báo cho công dân")))
    verb("keys-card", "thẻ nhanh: các phím, một trang A4").add_argument(
        "--out", type=Path, required=True, metavar="TỆP.pdf"
    )
    card = verb("scanner-card", "thẻ thử và cài đặt máy quét")
    card.add_argument("--out", type=Path, required=True, metavar="TỆP.pdf")
    card.add_argument("--paper", choices=[PaperSize.A4.value, PaperSize.A5.value], default=PaperSize.A4.value)


def _notice_verbs(kinds: _Verb) -> None:
    kinds("on", "từ nay lập tin nhắn theo từng việc")
    kinds("off", "từ nay không lập tin nhắn")
    for name, words in (("stop", "người này không nhận tin nhắn"), ("allow", "người này lại nhận tin nhắn")):
        kinds(name, words).add_argument("phone", metavar="SỐ ĐIỆN THOẠI")
    kinds("list", "liệt kê").add_argument("--waiting", action="store_true", default=False, help="chỉ tin chờ gửi")
    kinds("export", "ghi tin chờ gửi ra tệp cho chương trình khác").add_argument("file", type=Path, metavar="TỆP.csv")
    send = kinds("send", "gửi bằng modem GSM cắm vào máy")
    send.add_argument("--port", required=True, metavar="CỔNG", help="ví dụ COM5 hoặc /dev/ttyUSB0")
    send.add_argument("--patience", type=whole(1, 120), default=10, metavar="GIÂY", help="chờ modem trả lời")


def _calendar_verbs(kinds: _Verb) -> None:
    kinds("list", "các ngày khác thường lệ").add_argument("--year", type=whole(2000, 2090), default=None)
    add = kinds("add", "ghi một quyết định")
    add.add_argument("date", type=day, metavar="NGÀY")
    add.add_argument("kind", choices=[kind.value for kind in DayKind], metavar="LOẠI")
    add.add_argument("--hours", default="", metavar="GIỜ")
    add.add_argument("--decision", default="", metavar="CĂN CỨ")
    kinds("remove", "bỏ quyết định về một ngày").add_argument("date", type=day, metavar="NGÀY")
    kinds("import", "nạp bảng quyết định").add_argument("file", type=Path, metavar="TỆP.csv")


def _inner(outer: Parser) -> _Verb:
    inner: Any = outer.add_subparsers(dest="part", metavar="PHẦN", required=True, parser_class=Parser)
    shared = _options()

    def add(name: str, words: str) -> Parser:
        made: Parser = inner.add_parser(name, parents=[shared], help=words, argument_default=argparse.SUPPRESS)
        return made

    return add
