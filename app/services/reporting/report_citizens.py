"""Ratings and feedback of a period as reports."""

from collections.abc import Mapping, Sequence

from app.models.enums import SatisfactionFace
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportRatio, ReportSection, Row
from app.services.context import Context
from app.services.law.counter import questions_on
from app.services.reporting import feedback, satisfaction
from app.services.reporting.feedback import FeedbackTable, feedback_table
from app.services.reporting.grouped_lines import with_feedback_by_group, with_ratings_by_group
from app.services.reporting.query import ReportQuery
from app.services.reporting.satisfaction import Satisfaction, ratings_of
from app.storage import office_settings
from app.storage.uow import Reading
from app.wording import citizens as words

SURVEY_TARGET = "report_survey_target"
"""Setting: number of ratings that the office aims at in a period."""
_TEXT, _COUNT, _DECIMAL = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.DECIMAL


def report_satisfaction(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the ratings given in a period, with the nine indices."""
    target = office_settings.setting(work, SURVEY_TARGET)
    names = {each.index: each.text for each in questions_on(work, query.last, query.as_of)}
    table = satisfaction.satisfaction(query.first, query.last, work, query.as_of)
    report = satisfaction_report(table, names, int(target or 0))
    if query.group is None:
        return report
    return with_ratings_by_group(report, query, ratings_of(query.first, query.last, work, query.as_of), work)


def satisfaction_report(table: Satisfaction, names: Mapping[int, str], target: int) -> Report:
    """Return the ratings of a period as a report; `names` are the questions.

    With a target the report shows how far the survey has come.
    """
    faces: list[Row] = [
        {"face": words.face_name(face), "dossiers": table.faces[face.value]} for face in SatisfactionFace
    ]
    indices: list[Row] = [
        {"index": satisfaction.index_label(each.index, names), "average": each.average, "count": each.count}
        for each in table.indices
    ]
    officers: list[Row] = [
        {"officer": each.officer, "score": each.score, "rated": each.rated} for each in table.officers
    ]
    return Report(
        name="satisfaction",
        title="ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        first=table.from_day,
        last=table.to_day,
        sections=(
            _section("faces", "Mức độ hài lòng", faces, ("dossiers", "Số hồ sơ", _COUNT), first="face", tab="Đánh giá"),
            _section(
                "indices",
                "Chỉ số",
                indices,
                ("average", "Điểm bình quân", _DECIMAL),
                ("count", "Số đánh giá", _COUNT),
                first="index",
            ),
            _section(
                "officers",
                "Công chức",
                officers,
                ("score", "Tổng điểm 1+2+3+4+7", _DECIMAL),
                ("rated", "Số đánh giá", _COUNT),
                first="officer",
            ),
        ),
        facts=_satisfaction_facts(table),
        ratios=_progress(table.rated, target),
        fact_heads=("Đơn vị", "Kết quả"),
        notes=(table.definition, words.INDEX_ROUNDING),
        answer={**satisfaction.to_json(table), **({"target": target} if target else {})},
    )


def _progress(rated: int, target: int) -> tuple[ReportRatio, ...]:
    """Return the progress of the survey, none without a target."""
    if not target:
        return ()
    return (ReportRatio("progress", words.SURVEY_PROGRESS, rated, target, words.survey_progress(rated, target)),)


def _satisfaction_facts(table: Satisfaction) -> tuple[ReportFact, ...]:
    return (
        ReportFact("rated", "Hồ sơ được đánh giá", table.rated, listed=True),
        ReportFact("score", "Tổng điểm chín chỉ số (trên 18)", table.score, _DECIMAL),
        ReportFact("grade", "Xếp loại đơn vị", words.grade_name(table.grade), _TEXT),
        ReportFact("settled", "Hồ sơ đã giải quyết", table.settled, listed=True),
        ReportFact("not_content", "Trong đó không hài lòng, có phản ánh hoặc quá hạn", table.not_content, listed=True),
        ReportFact("ratio", "Tỷ lệ hài lòng (%)", table.ratio, _DECIMAL),
    )


def _section(
    key: str, heading: str, rows: Sequence[Row], *columns: tuple[str, str, ColumnKind], first: str, tab: str = ""
) -> ReportSection:
    named = [ReportColumn(name, text, kind, width=18, listed=kind is _COUNT) for name, text, kind in columns]
    label = ReportColumn(first, heading, _TEXT, width=52)
    return ReportSection(
        key, (label, *named), tuple(rows), title=heading, tab=tab or heading, numbered=False, scope=first
    )


def report_feedback(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the feedback received in a period or open at its start."""
    table = feedback_table(query.first, query.last, context.today, work, query.as_of)
    report = feedback_report(table)
    return report if query.group is None else with_feedback_by_group(report, query, table, work)


def feedback_report(table: FeedbackTable) -> Report:
    """Return the feedback of a period as a report, without the senders."""
    columns = (
        ReportColumn("label", "Số", _TEXT, width=9),
        ReportColumn("received_on", "Ngày nhận", ColumnKind.DAY, width=12),
        ReportColumn("way", "Cách gửi", _TEXT, width=13),
        ReportColumn("about", "Về việc", _TEXT, width=16),
        ReportColumn("content", "Nội dung", _TEXT, width=40),
        ReportColumn("code", "Hồ sơ", _TEXT, width=20),
        ReportColumn("due_on", "Hạn", ColumnKind.DAY, width=12),
        ReportColumn("answered_on", "Trả lời ngày", ColumnKind.DAY, width=13),
        ReportColumn("answer", "Trả lời", _TEXT, width=36),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "label": f"{row.number}/{row.year}",
            "received_on": row.received_on,
            "way": words.feedback_channel_name(row.way),
            "about": words.feedback_topic_name(row.about),
            "content": row.content,
            "code": row.code,
            "due_on": row.due_on,
            "answered_on": row.answered_on,
            "answer": row.answer,
        }
        for row in table.rows
    )
    return Report(
        name="feedback",
        title="TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ",
        first=table.from_day,
        last=table.to_day,
        sections=(ReportSection("rows", columns, rows, tab="PAKN", numbered=False),),
        facts=_feedback_facts(table),
        notes=(table.definition,),
        answer=feedback.to_json(table),
    )


def _feedback_facts(table: FeedbackTable) -> tuple[ReportFact, ...]:
    return (
        ReportFact("received", "Tiếp nhận trong kỳ", table.received, listed=True),
        ReportFact("carried_over", "Kỳ trước chuyển sang", table.carried_over, listed=True),
        ReportFact("answered_in_time", "Đã trả lời đúng hoặc trước hạn", table.answered_in_time, listed=True),
        ReportFact("answered_late", "Đã trả lời quá hạn", table.answered_late, listed=True),
        ReportFact("pending", "Chưa trả lời", table.pending, listed=True),
        ReportFact("pending_late", "Trong đó quá hạn", table.pending_late, listed=True),
        ReportFact("ratio", "Tỷ lệ xử lý đúng hạn (%)", table.ratio, _DECIMAL),
    )
