"""The command line's grammar: verbs, their arguments, and the four options that stand before or after them."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.cli.argtypes import (
    SECOND_HELP,
    AddCommand,
    Parser,
    add_subcommands,
    correction,
    instant,
    iso_day,
    points,
    shared_options,
    whole,
)
from app.models.enums import (
    Action,
    DayKind,
    FeedbackChannel,
    FeedbackTopic,
    PaperForm,
    PaperSize,
    SatisfactionFace,
    Service,
)

_WINDOW_OPTIONS = frozenset(("--data", "--user", "--now"))


def parse_arguments(words: Sequence[str]) -> argparse.Namespace:
    """What a call asks for. The window alone, opened every morning, does not wait for the grammar of forty verbs."""
    window = len(words) % 2 == 0 and _WINDOW_OPTIONS.issuperset(words[::2])
    return (shared_options() if window else build_parser()).parse_args(words)


def build_parser() -> Parser:
    """The whole grammar."""
    from app.cli.admin_parser import add_office_commands

    shared = shared_options()
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

    for add in (
        add_office_commands,
        _add_dossier_commands,
        _add_document_commands,
        _add_table_commands,
        _add_citizen_commands,
    ):
        add(verb)
    return whole


def _add_dossier_commands(verb: AddCommand) -> None:
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
    act.add_argument("--until", type=iso_day, default=None, metavar="NGÀY", help="ngày hẹn lại")
    act.add_argument("--received-by", default=None, metavar="HỌ TÊN", help="người nhận kết quả")
    act.add_argument("--amount", type=int, default=None, metavar="ĐỒNG", help="số tiền thu")
    act.add_argument("--receipt", default=None, metavar="SỐ", help="số biên lai")
    act.add_argument("--second", default=None, metavar="TÊN", help=SECOND_HELP)
    act.add_argument("--set", type=correction, action="append", default=[], metavar="MỤC=GIÁ TRỊ", dest="sets")
    _add_bulk_commands(verb)
    deadline = verb("deadline", "tính ngày hẹn trả")
    deadline.add_argument("procedure", metavar="THỦ TỤC")
    deadline.add_argument("--at", type=instant, default=None, metavar="THỜI ĐIỂM", help="lúc tiếp nhận")


def _add_bulk_commands(verb: AddCommand) -> None:
    many = verb("send-many", "chuyển nhiều hồ sơ cùng lúc")
    many.add_argument("codes", nargs="+", metavar="MÃ")
    many.add_argument("--to", required=True, metavar="NƠI NHẬN")
    many.add_argument("--note", default=None, metavar="GHI CHÚ")
    take_over = verb("take-over", "chuyển hết việc của người vắng mặt")
    take_over.add_argument("--from", required=True, dest="absent", metavar="NGƯỜI")
    take_over.add_argument("--to", required=True, metavar="NGƯỜI")
    take_over.add_argument("--note", default=None, metavar="GHI CHÚ")
    verb("tray", "đếm hồ sơ giấy trong khay cuối ngày").add_argument("file", metavar="TỆP|-")


def _add_document_commands(verb: AddCommand) -> None:
    blanks = verb("blanks", "giấy tiếp nhận in sẵn số, dùng khi mất điện")
    what = blanks.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--count", type=whole(1, 200), default=None, metavar="SỐ", help="in bấy nhiêu giấy, mỗi giấy 2 liên"
    )
    what.add_argument("--list", action="store_true", default=False, help="giấy chưa dùng")
    what.add_argument("--cancel", nargs="+", default=None, metavar="MÃ", help="hủy giấy hỏng, kèm --note")
    blanks.add_argument(
        "--on", type=iso_day, default=None, metavar="NGÀY", help="ngày trong mã: hôm nay hoặc 7 ngày tới"
    )
    blanks.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf")
    blanks.add_argument("--paper", choices=["A4", "A5"], default="A5")
    blanks.add_argument("--note", default="", metavar="LÝ DO", help="lý do hủy")
    paper = verb("print", "in một giấy tờ ra tệp PDF")
    paper.add_argument("form", choices=[*(form.value for form in PaperForm), "register", "cash"], metavar="MẪU")
    paper.add_argument("codes", nargs="*", default=[], metavar="MÃ", help="mã hồ sơ; handover và batch nhận nhiều mã")
    paper.add_argument(
        "--from", type=iso_day, default=None, dest="first", metavar="NGÀY", help="sổ, bảng kê thu: từ ngày"
    )
    paper.add_argument(
        "--to", type=iso_day, default=None, dest="last", metavar="NGÀY", help="sổ, bảng kê thu: đến ngày"
    )
    paper.add_argument("--on", type=iso_day, default=None, metavar="NGÀY", help="bảng kê thu: ngày")
    paper.add_argument("--by", default=None, metavar="HỌ TÊN", help="bảng kê thu: người thu")
    paper.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    paper.add_argument("--out", type=Path, required=True, metavar="TỆP.pdf")
    paper.add_argument("--copies", type=int, default=None)
    paper.add_argument("--paper", choices=[size.value for size in PaperSize], default=None)


def _add_table_commands(verb: AddCommand) -> None:
    catalogue = verb("catalogue", "danh mục thủ tục")
    kinds = add_subcommands(catalogue)
    listing = kinds("list", "liệt kê")
    listing.add_argument("words", nargs="*", default=[], metavar="CHỮ")
    kinds("import", "nạp bảng").add_argument("file", type=Path, metavar="TỆP.tsv")
    kinds("export", "xuất bảng").add_argument("file", type=Path, metavar="TỆP.tsv")
    kinds("show", "các phiên bản của một thủ tục").add_argument("code", metavar="MÃ")
    version = kinds("set", "ghi phiên bản mới của một thủ tục")
    version.add_argument("code", metavar="MÃ")
    version.add_argument("cells", nargs="+", metavar="CỘT=GIÁ TRỊ")
    version.add_argument("--from", type=iso_day, default=None, dest="first", metavar="NGÀY", help="ngày hiệu lực")
    version.add_argument(
        "--keep-running", action="store_true", default=False, help="bãi bỏ dù còn hồ sơ đang giải quyết"
    )
    _add_calendar_commands(add_subcommands(verb("calendar", "lịch làm việc")))
    report = verb("report", "báo cáo")
    report.add_argument("name", choices=["06a", "register", "fees", "satisfaction", "feedback"], metavar="TÊN")
    report.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    report.add_argument("--by", default=None, metavar="HỌ TÊN", help="phí: người thu")
    report.add_argument("--from", type=iso_day, default=None, dest="first")
    report.add_argument("--to", type=iso_day, default=None, dest="last")
    report.add_argument("--preset", default=None)
    report.add_argument("--on", type=iso_day, default=None)
    report.add_argument("--out", type=Path, default=None)
    sync = add_subcommands(verb("sync", "đồng bộ lên trên"))
    export = sync("export", "lập tệp gửi đi")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--again", type=whole(1, 999_999_999), default=None, metavar="SỐ")
    sync("status", "tình trạng gửi")


def _add_citizen_commands(verb: AddCommand) -> None:
    queue = add_subcommands(verb("queue", "số thứ tự"))
    take = queue("take", "lấy số")
    take.add_argument("--service", choices=[service.value for service in Service], default=Service.INTAKE.value)
    take.add_argument("--out", type=Path, default=None, metavar="TỆP.pdf", help="phiếu số trên giấy 80 mm")
    call = queue("call", "mời số tiếp theo đến quầy này")
    call.add_argument("--again", action="store_true", default=False, help="mời lại số vừa gọi")
    queue("list", "số vừa gọi và số đang chờ")
    rate = verb("rate", "ghi đánh giá của công dân về một hồ sơ")
    rate.add_argument("code", metavar="MÃ")
    rate.add_argument("face", choices=[face.value for face in SatisfactionFace], metavar="MỨC")
    rate.add_argument("--points", type=points, nargs="+", action="extend", default=[], metavar="CHỈ SỐ=ĐIỂM")
    rate.add_argument("--comment", default="", metavar="Ý KIẾN")
    kinds = add_subcommands(verb("feedback", "phản ánh, kiến nghị"))
    add = kinds("add", "ghi một phản ánh")
    add.add_argument("content", metavar="NỘI DUNG")
    add.add_argument("--way", choices=[way.value for way in FeedbackChannel], default=FeedbackChannel.DIRECT.value)
    add.add_argument("--about", choices=[about.value for about in FeedbackTopic], default=FeedbackTopic.OTHER.value)
    add.add_argument("--sender", default="", metavar="NGƯỜI GỬI")
    add.add_argument("--contact", default="", metavar="LIÊN HỆ")
    add.add_argument("--code", default="", metavar="MÃ", help="hồ sơ liên quan")
    add.add_argument("--due", type=iso_day, default=None, metavar="NGÀY", help="hạn trả lời")
    answer = kinds("answer", "ghi trả lời")
    answer.add_argument("number", type=whole(1, 999_999), metavar="SỐ")
    answer.add_argument("answer", metavar="TRẢ LỜI")
    answer.add_argument("--year", type=whole(2000, 2090), default=None, metavar="NĂM")
    answer.add_argument("--content-after", choices=["yes", "no"], default=None, help="người gửi có hài lòng không")
    listing = kinds("list", "liệt kê")
    listing.add_argument("--from", type=iso_day, default=None, dest="first", metavar="NGÀY")
    listing.add_argument("--to", type=iso_day, default=None, dest="last", metavar="NGÀY")
    _add_sms_commands(add_subcommands(verb("notices", "tin nhắn báo cho công dân")))
    verb("keys-card", "thẻ nhanh: các phím, một trang A4").add_argument(
        "--out", type=Path, required=True, metavar="TỆP.pdf"
    )
    card = verb("scanner-card", "thẻ thử và cài đặt máy quét")
    card.add_argument("--out", type=Path, required=True, metavar="TỆP.pdf")
    card.add_argument("--paper", choices=[PaperSize.A4.value, PaperSize.A5.value], default=PaperSize.A4.value)


def _add_sms_commands(kinds: AddCommand) -> None:
    kinds("on", "từ nay lập tin nhắn theo từng việc")
    kinds("off", "từ nay không lập tin nhắn")
    for name, words in (("stop", "người này không nhận tin nhắn"), ("allow", "người này lại nhận tin nhắn")):
        kinds(name, words).add_argument("phone", metavar="SỐ ĐIỆN THOẠI")
    kinds("list", "liệt kê").add_argument("--waiting", action="store_true", default=False, help="chỉ tin chờ gửi")
    kinds("export", "ghi tin chờ gửi ra tệp cho chương trình khác").add_argument("file", type=Path, metavar="TỆP.csv")
    send = kinds("send", "gửi bằng modem GSM cắm vào máy")
    send.add_argument("--port", required=True, metavar="CỔNG", help="ví dụ COM5 hoặc /dev/ttyUSB0")
    send.add_argument("--patience", type=whole(1, 120), default=10, metavar="GIÂY", help="chờ modem trả lời")


def _add_calendar_commands(kinds: AddCommand) -> None:
    kinds("list", "các ngày khác thường lệ").add_argument("--year", type=whole(2000, 2090), default=None)
    add = kinds("add", "ghi một quyết định")
    add.add_argument("date", type=iso_day, metavar="NGÀY")
    add.add_argument("kind", choices=[kind.value for kind in DayKind], metavar="LOẠI")
    add.add_argument("--hours", default="", metavar="GIỜ")
    add.add_argument("--decision", default="", metavar="CĂN CỨ")
    kinds("remove", "bỏ quyết định về một ngày").add_argument("date", type=iso_day, metavar="NGÀY")
    kinds("import", "nạp bảng quyết định").add_argument("file", type=Path, metavar="TỆP.csv")
