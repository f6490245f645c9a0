"""Options of the command `report`."""

from app.cli.argtypes import AddCommand, add_subcommands, file_name, instant, iso_day, whole_number
from app.models.enums import FigureGroup, ReportName, ReportPeriod

FROZEN = "frozen"
"""Name that lists the frozen reports instead of making one."""
_VARIANTS = ("office",)


def add_report_command(add: AddCommand) -> None:
    """Add `report` with its options, and the commands of its lists."""
    report = add("report", "báo cáo")
    report.add_argument("name", choices=[*(name.value for name in ReportName), FROZEN], metavar="TÊN")
    report.add_argument("--field", action="append", default=[], dest="fields", metavar="LĨNH VỰC", help="sổ: lĩnh vực")
    report.add_argument("--by", default=None, metavar="HỌ TÊN", help="phí: người thu")
    report.add_argument("--from", type=iso_day, default=None, dest="first")
    report.add_argument("--to", type=iso_day, default=None, dest="last")
    report.add_argument(
        "--preset",
        choices=[period.value for period in ReportPeriod],
        default=None,
        metavar="KỲ",
        help="kỳ có ngày ấy",
    )
    report.add_argument("--on", type=iso_day, default=None)
    report.add_argument(
        "--variant", choices=_VARIANTS, default="", metavar="KIỂU", help="office: tách riêng cột rút và cột trả lại"
    )
    report.add_argument(
        "--compare",
        action="store_true",
        default=False,
        help="kèm số liệu kỳ trước và cùng kỳ năm trước; frozen: ghi chỗ khác",
    )
    report.add_argument(
        "--group", choices=[group.value for group in FigureGroup], default=None, metavar="NHÓM", help="xếp dòng theo"
    )
    report.add_argument(
        "--days",
        type=whole_number(0, 3650),
        default=None,
        metavar="SỐ",
        help="hồ sơ quá hạn: trình khi trễ quá số ngày",
    )
    report.add_argument(
        "--text", action="append", default=[], dest="texts", metavar="MỤC=NỘI DUNG", help="quarter: ghi lời của một mục"
    )
    report.add_argument("--out", type=file_name, default=None)
    report.add_argument(
        "--as-of", type=instant, default=None, metavar="THỜI ĐIỂM", help="chỉ tính việc đã nhập đến lúc ấy"
    )
    report.add_argument("--list", default="", metavar="CỘT", help="liệt kê hồ sơ của một cột")
    report.add_argument(
        "--value", default=None, metavar="GIÁ TRỊ", help="với --list: chỉ dòng ấy, như bấm số của dòng ở F5"
    )
    report.add_argument("--freeze", action="store_true", default=False, help="giữ nguyên bản đã giao, để sau đối chiếu")
    report.add_argument("--id", type=whole_number(1, 999_999_999), default=None, metavar="SỐ", help="frozen: một bản")
    _add_lists(add)


def _add_lists(add: AddCommand) -> None:
    """Add the commands of the reasons of lateness and of the targets."""
    reasons = add_subcommands(add("late-reasons", "danh sách nguyên nhân quá hạn của cơ quan"))
    reasons("list", "liệt kê")
    reasons("add", "thêm một nguyên nhân").add_argument("name", metavar="NGUYÊN NHÂN")
    reasons("retire", "thôi dùng một nguyên nhân").add_argument("name", metavar="NGUYÊN NHÂN")
    of_dossier = reasons("set", "ghi nguyên nhân quá hạn của một hồ sơ")
    of_dossier.add_argument("code", metavar="MÃ")
    of_dossier.add_argument("reason", metavar="NGUYÊN NHÂN")
    targets = add("report-targets", "chỉ tiêu lấy ý kiến, số ngày trễ phải trình")
    targets.add_argument(
        "--survey", type=whole_number(1, 1_000_000), default=None, metavar="SỐ", help="lượt đánh giá mỗi kỳ"
    )
    targets.add_argument(
        "--late-days", type=whole_number(0, 3650), default=None, metavar="SỐ", help="trình khi trễ quá"
    )
