"""Headings and sentences of the narrative report on control of procedures."""

from datetime import date

TITLE = "BÁO CÁO"
_SUBJECT = (
    "Công tác kiểm soát thủ tục hành chính, triển khai cơ chế một cửa, một cửa liên thông và thực hiện thủ tục hành chính "
    "trên môi trường điện tử"
)
NUMBER = "……/BC-UBND"
PART_ONE = "I. TÌNH HÌNH, KẾT QUẢ KIỂM SOÁT THỦ TỤC HÀNH CHÍNH"
PART_TWO = "II. ĐÁNH GIÁ CHUNG"
HEADINGS = {
    "publication": "1. Công bố, công khai TTHC, danh mục TTHC",
    "review": "2. Rà soát, đơn giản hóa TTHC",
    "feedback": "3. Tiếp nhận, xử lý phản ánh, kiến nghị về quy định, TTHC",
    "results": "4. Tình hình, kết quả giải quyết TTHC",
    "one_stop": "5. Triển khai cơ chế một cửa, một cửa liên thông trong giải quyết TTHC",
    "electronic": "6. Thực hiện TTHC trên môi trường điện tử",
    "communication": "7. Truyền thông hỗ trợ hoạt động kiểm soát TTHC",
    "initiatives": "8. Nghiên cứu, đề xuất sáng kiến cải cách TTHC",
    "inspection": "9. Kiểm tra thực hiện kiểm soát TTHC",
    "assessment": "1. Kết quả đạt được",
    "difficulties": "2. Khó khăn, vướng mắc",
}
BLOCKS = tuple(HEADINGS)
"""Text blocks that an office writes, in the order of the report."""
FIGURES = "Số liệu kèm theo báo cáo"
FIGURE_NAMES = {
    "in_force": "Thủ tục hành chính đang có hiệu lực",
    "published": "Thủ tục hành chính công khai, tiếp nhận tại Bộ phận Một cửa",
    "changed": "Thủ tục sửa đổi trong kỳ",
    "superseded": "Thủ tục thay thế, bãi bỏ trong kỳ",
    "proposals": "Thủ tục đủ căn cứ đề xuất cắt giảm thời hạn",
    "feedback_received": "Phản ánh, kiến nghị tiếp nhận trong kỳ",
    "feedback_rules": "Trong đó về quy định, thủ tục",
    "feedback_answered": "Phản ánh, kiến nghị đã trả lời",
    "feedback_pending": "Phản ánh, kiến nghị chưa trả lời",
    "received": "Hồ sơ tiếp nhận",
    "received_new": "Tiếp nhận mới trong kỳ",
    "received_online": "Trực tuyến",
    "received_direct_post": "Trực tiếp và qua dịch vụ bưu chính",
    "carried_over": "Từ kỳ trước chuyển qua",
    "resolved": "Hồ sơ đã giải quyết",
    "resolved_early": "Giải quyết trước hạn",
    "resolved_on_time": "Giải quyết đúng hạn",
    "resolved_late": "Giải quyết quá hạn",
    "pending": "Hồ sơ đang giải quyết",
    "pending_in_time": "Đang giải quyết, trong hạn",
    "pending_late": "Đang giải quyết, quá hạn",
    "withdrawn": "Hồ sơ công dân rút, dừng",
    "returned_unresolved": "Hồ sơ trả lại, không giải quyết",
    "digitised": "Hồ sơ có thành phần điện tử",
    "paid_online": "Hồ sơ thanh toán không tiền mặt",
}
_ROMAN = ("I", "II", "III", "IV")


def subject(first: date, last: date, preset: str) -> str:
    """Return the subject line with the name of the period."""
    names = {
        "quarter": f"quý {_ROMAN[(last.month - 1) // 3]} năm {last.year}",
        "half": f"sáu tháng {'đầu' if last.month <= 6 else 'cuối'} năm {last.year}",
        "year": f"năm {last.year}",
        "month": f"tháng {last.month} năm {last.year}",
    }
    days = f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    return f"{_SUBJECT} {names[preset]} ({days})" if preset in names else f"{_SUBJECT} ({days})"


def publication(in_force: int, published: int, changed: int, superseded: int) -> str:
    """Return the sentence on procedures in force and published."""
    return (
        f"Số TTHC thuộc thẩm quyền giải quyết đang có hiệu lực: {in_force} TTHC; công khai và tiếp nhận tại Bộ phận Một cửa: "
        f"{published} TTHC. Trong kỳ có {changed} TTHC được sửa đổi, {superseded} TTHC được thay thế hoặc bãi bỏ."
    )


def review(proposals: int) -> str:
    """Return the sentence on proposals to shorten terms."""
    if not proposals:
        return "Qua số liệu giải quyết thực tế, trong kỳ chưa có TTHC đủ căn cứ đề xuất cắt giảm thời hạn giải quyết."
    return f"Qua số liệu giải quyết thực tế, có {proposals} TTHC đủ căn cứ đề xuất cắt giảm thời hạn giải quyết."


def feedback(received: int, rules: int, answered: int, pending: int) -> str:
    """Return the sentence on feedback."""
    if not received and not answered and not pending:
        return "Trong kỳ, đơn vị không phát sinh phản ánh, kiến nghị về quy định hành chính."
    return (
        f"Trong kỳ tiếp nhận {received} phản ánh, kiến nghị (về quy định, thủ tục: {rules}); đã trả lời {answered}, "
        f"chưa trả lời {pending}."
    )


def received(total: int, new: int, online: int, direct: int, carried: int) -> str:
    """Return the sentence on received dossiers."""
    return (
        f"- Tổng số hồ sơ TTHC đã tiếp nhận trong kỳ báo cáo: {total} hồ sơ; trong đó: số mới tiếp nhận trong kỳ: {new} hồ sơ "
        f"(trực tuyến: {online} hồ sơ; trực tiếp và qua dịch vụ bưu chính: {direct} hồ sơ); số từ kỳ trước chuyển qua: "
        f"{carried} hồ sơ."
    )


def resolved(total: int, early: int, on_time: int, late: int) -> str:
    """Return the sentence on resolved dossiers."""
    return (
        f"- Số lượng hồ sơ đã giải quyết: {total} hồ sơ; trong đó: trước hạn: {early} hồ sơ, đúng hạn: {on_time} hồ sơ, "
        f"quá hạn: {late} hồ sơ."
    )


def pending(total: int, in_time: int, late: int) -> str:
    """Return the sentence on open dossiers."""
    return (
        f"- Số lượng hồ sơ đang giải quyết: {total} hồ sơ; trong đó: trong hạn: {in_time} hồ sơ, quá hạn: {late} hồ sơ."
    )


def without_result(withdrawn: int, returned: int) -> str:
    """Return the sentence on dossiers that ended without a result."""
    return f"- Hồ sơ công dân rút hoặc dừng: {withdrawn} hồ sơ; trả lại, không giải quyết: {returned} hồ sơ."


def on_time(value: str, definition: str) -> str:
    """Return the sentence with an on-time ratio and its definition."""
    return f"- Tỷ lệ giải quyết đúng hạn: {value} ({definition})."


def electronic(online: int, new: int, digitised: int, paid_online: int) -> str:
    """Return the sentence on electronic dossiers."""
    return (
        f"Trong kỳ phát sinh {online} hồ sơ trực tuyến trên {new} hồ sơ mới tiếp nhận; {digitised} hồ sơ có thành phần điện tử; "
        f"{paid_online} hồ sơ thanh toán không dùng tiền mặt."
    )


def one_stop(published: int) -> str:
    """Return the sentence on the one-stop counter."""
    return f"Tại Bộ phận Một cửa thực hiện tiếp nhận, giải quyết {published} TTHC."


def blank(heading: str) -> str:
    """Return the paragraph in place of a text that the office has not written."""
    return f"[CHƯA CÓ NỘI DUNG «{heading}»: viết mục này trước khi trình ký]"


def blank_warning(heading: str) -> str:
    """Return the warning about a text that the office has not written."""
    return f"Mục «{heading}» chưa có nội dung."


def kept_warning(heading: str, first: date, last: date) -> str:
    """Return the warning about a text taken from an earlier period."""
    return f"Mục «{heading}» giữ nguyên từ kỳ {first:%d/%m/%Y} – {last:%d/%m/%Y}; xem lại trước khi trình ký."
