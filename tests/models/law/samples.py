"""A sound line of each kind of rule."""

from typing import Any

SOUND: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("code_pattern", "office", {"template": "{agency}-{YYYYMMDD}-{serial:7}"}),
    (
        "fee_relief",
        "k",
        {"name": "Miễn", "percent": 50, "channels": ["online"], "min_age": 6, "valid_to": "2027-12-31"},
    ),
    ("fee_relief", "m", {"name": "Miễn", "amount": 5000, "groups": ["a"], "level": 2, "fields": ["Hộ tịch"]}),
    ("fee_group", "can-ngheo", {"name": "Hộ cận nghèo", "percent": 0}),
    ("fee_receipt", "paper", {"form": "electronic"}),
    ("term", "k", {"procedures": ["2.000815"], "places": ["diem-1"], "limit": 16, "unit": "hour", "office_limit": 8}),
    ("term", "m", {"late": "law", "promise": "office", "advice": "Nhận sớm."}),
    (
        "supplement",
        "k",
        {"rounds": 1, "days": 30, "unit": "day", "clock": "pause", "after": "stop", "late_answer": True},
    ),
    ("receiving_place", "diem-1", {"name": "Điểm 1", "address": "Thôn 1", "active": True}),
    ("form_set", "2027", {"name": "Thông tư 1/2027", "based_on": "2025"}),
    ("form", "2027/receipt", {"like": "2025/receipt", "footer": "Mẫu số 01"}),
    ("form", "2027/note", {"title": ["GIẤY BÁO"], "papers": ["A5"], "blocks": [{"text": "{code}"}]}),
    ("calendar_day", "2027-04-26", {"kind": "work", "hours": ["07:30-11:30"]}),
    ("report_period", "start", {"day": 16}),
    ("retention", "dossier", {"name": "Hồ sơ", "years": 12, "from": "returned"}),
    ("notice", "received", {"text": "Đã nhận {code}, hẹn {due}.", "actions": ["intake"], "active": True}),
    ("late_reason", "mat-dien", {"name": "Mất điện", "active": False}),
    ("satisfaction_question", "1", {"text": "Thời gian chờ?", "answers": {"2": "Nhanh", "0": "Chậm"}}),
    ("feedback_term", "any", {"working_days": 7}),
)
