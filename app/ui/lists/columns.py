"""Columns of every table of dossiers."""

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.wording.status import status_name

LINE_COLUMNS = (
    Column("Mã hồ sơ", lambda line: line.code, 184, never_cut=True),
    Column("Chủ hồ sơ", lambda line: line.name, 192),
    Column("Thủ tục", lambda line: line.procedure),
    Column("Tiếp nhận", lambda line: format_instant(line.received_at), 144, never_cut=True, drop_order=1),
    Column("Hẹn trả", lambda line: format_instant(line.due_at) or "chưa hẹn", 144, never_cut=True),
    Column("Trạng thái", lambda line: status_name(line.status) + (" · quá hạn" if line.late else ""), 216),
)
