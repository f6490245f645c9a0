"""Excel sheets of citizens' ratings and feedback."""

from app.models.enums import SatisfactionFace
from app.printing.citizen_tables import CitizenTable, TableBlock, citizen_table
from app.services.reporting.feedback import FeedbackTable
from app.services.reporting.satisfaction import Satisfaction
from app.wording import citizens as words


def satisfaction_sheet(table: Satisfaction, office: str) -> bytes:
    """Return the satisfaction table of a period as an Excel file."""
    faces = [(words.face_name(face), table.faces[face.value]) for face in SatisfactionFace]
    indices = [(f"{each.index}. {words.INDICES[each.index]}", each.average, each.count) for each in table.indices]
    officers = [(each.officer, each.score, each.rated) for each in table.officers]
    unit = [
        ("Tổng điểm chín chỉ số (trên 18)", table.score),
        ("Xếp loại đơn vị", words.grade_name(table.grade)),
        ("Hồ sơ đã giải quyết", table.settled),
        ("Trong đó không hài lòng, có phản ánh hoặc quá hạn", table.not_content),
        ("Tỷ lệ hài lòng (%)", table.ratio),
    ]
    blocks = (
        TableBlock(("Mức độ hài lòng", "Số hồ sơ"), faces),
        TableBlock(("Chỉ số", "Điểm bình quân", "Số đánh giá"), indices),
        TableBlock(("Công chức", "Tổng điểm 1+2+3+4+7", "Số đánh giá"), officers),
        TableBlock(("Đơn vị", "Kết quả"), unit),
    )
    title = "ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
    return citizen_table(
        CitizenTable(
            sheet="Đánh giá",
            title=title,
            office=office,
            period=(table.from_day, table.to_day),
            widths=(60, 22, 16),
            blocks=blocks,
            note=table.definition,
        )
    )


def feedback_sheet(table: FeedbackTable, office: str) -> bytes:
    """Return the feedback table as an Excel file, without the senders."""
    counts = [
        ("Tiếp nhận trong kỳ", table.received),
        ("Kỳ trước chuyển sang", table.carried_over),
        ("Đã trả lời đúng hoặc trước hạn", table.answered_in_time),
        ("Đã trả lời quá hạn", table.answered_late),
        ("Chưa trả lời", table.pending),
        ("Trong đó quá hạn", table.pending_late),
        ("Tỷ lệ xử lý đúng hạn (%)", table.ratio),
    ]
    rows = [
        (
            f"{row.number}/{row.year}",
            f"{row.received_on:%d/%m/%Y}",
            words.feedback_channel_name(row.way),
            words.feedback_topic_name(row.about),
            row.content,
            row.code,
            None if row.due_on is None else f"{row.due_on:%d/%m/%Y}",
            None if row.answered_on is None else f"{row.answered_on:%d/%m/%Y}",
            row.answer,
        )
        for row in table.rows
    ]
    heads = ("Số", "Ngày nhận", "Cách gửi", "Về việc", "Nội dung", "Hồ sơ", "Hạn", "Trả lời ngày", "Trả lời")
    blocks = (TableBlock(("Số liệu", "Số lượng"), counts), TableBlock(heads, rows))
    widths = (30, 12, 14, 18, 44, 20, 12, 13, 40)
    title = "TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ"
    return citizen_table(
        CitizenTable(
            sheet="PAKN",
            title=title,
            office=office,
            period=(table.from_day, table.to_day),
            widths=widths,
            blocks=blocks,
            note=table.definition,
        )
    )
