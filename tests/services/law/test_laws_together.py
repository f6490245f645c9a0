"""Random laws of forms, codes, fees and terms with boundaries, together.

Dossiers come in before, on and after the day; each keeps what it came in under, reprints included.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import PaperForm
from app.models.instants import local
from app.models.law.rule import Rule, read_rule
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.services.law.test_rules import write_rules
from tests.support.offices import Desk, at, reset_desk
from tests.support.pdf_reading import pages

CODE = "1.000112"
FIRST = date(2027, 3, 1)
MIDNIGHT = at("2027-03-01T00:00")
FEE, LIMIT = 40_000, 9
TEMPLATES = ("{agency}-{YYYYMMDD}-{serial:7}", "{agency}/{YYMMDD}/{serial:5}", "{agency}-{YYMMDD}-{AA}{serial}")


@dataclass(frozen=True)
class Law:
    """A change of law on one day; `days` shifts the day of each kind."""

    template: str
    percent: int
    limit: int
    office_limit: int
    late: str
    footer: str
    rounds: int
    price: int
    days: tuple[int, int, int, int, int]

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules, each from its own day."""
        code, fee, term, form = (FIRST + timedelta(days=shift) for shift in self.days[:4])
        term_value = {"limit": self.limit, "unit": "working_day", "office_limit": self.office_limit, "late": self.late}
        lines: tuple[tuple[str, str, dict[str, Any], date], ...] = (
            ("code_pattern", "office", {"template": self.template}, code),
            ("fee_relief", "thu", {"name": "Giảm thử", "percent": self.percent, "procedures": [CODE]}, fee),
            ("term", "thu", {**term_value, "procedures": [CODE], "advice": f"Lời dặn {self.limit}."}, term),
            ("supplement", "thu", {"procedures": [CODE], "rounds": self.rounds}, term),
            ("form", "2025/receipt", {"like": "2025/receipt", "footer": self.footer}, form),
        )
        return tuple(_rule(*line) for line in lines)

    def has_begun(self, received_at: datetime) -> tuple[bool, bool, bool, bool]:
        """Return which of code, fee, term and form apply at an instant."""
        day = local(received_at).date()
        code, fee, term, form = (FIRST + timedelta(days=shift) <= day for shift in self.days[:4])
        return code, fee, term, form

    def full_fee(self, received_at: datetime, channel: str) -> int:
        """Return the fee before reliefs: the table's, then its next version."""
        if local(received_at).date() < FIRST + timedelta(days=self.days[4]):
            return FEE
        return self.price // 2 if channel == "online" else self.price

    def table(self) -> str:
        """Return the procedure with its next version."""
        head = "code\tname\tfield\tlimit\tunit\tfee_vnd\tpapers\tchannel_fees\tvalid_from\n"
        row = f"{CODE}\tThủ tục thử\tTư pháp\t{LIMIT}\tworking_day"
        later = FIRST + timedelta(days=self.days[4])
        return (
            f"{head}{row}\t{FEE}\tsubmit|1|0|Tờ khai\t\t2020-01-01\n"
            f"{row}\t{self.price}\tsubmit|1|0|Tờ khai\tonline:{self.price // 2}\t{later}\n"
        )


def _rule(kind: str, key: str, value: dict[str, Any], first: date) -> Rule:
    line = {"kind": kind, "key": key, "value": value, "valid_from": first.isoformat(), "decision": "9/QĐ"}
    return replace(read_rule(line), source=uuid4().hex)


_SHIFTS = st.integers(-2, 2)
LAWS = st.builds(
    Law,
    template=st.sampled_from(TEMPLATES),
    percent=st.integers(1, 100),
    limit=st.integers(4, 20),
    office_limit=st.integers(1, 3),
    late=st.sampled_from(["law", "promised", "office"]),
    footer=st.from_regex(r"Mẫu số [0-9]{2} \(TT [0-9]{2}/2027\)", fullmatch=True),
    rounds=st.integers(1, 3),
    price=st.integers(1, 100).map(lambda n: n * 1_000),
    days=st.tuples(_SHIFTS, _SHIFTS, _SHIFTS, _SHIFTS, _SHIFTS),
)


def receipt(desk: Desk, code: str, when: datetime) -> str:
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), when).pdf
    text = " ".join(" ".join(page.text for page in pages(pdf)).split())
    return text.replace("- In lại lần 2", "").replace("  ", " ").replace(" )", ")")


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(law=LAWS, seconds=st.lists(st.integers(-250_000, 250_000), min_size=2, max_size=3))
def test_each_dossier_keeps_the_law_of_its_day(
    desk: Desk, office_templates: dict[bool, Path], law: Law, seconds: list[int]
) -> None:
    reset_desk(desk, office_templates[True])
    assert desk.office.write(import_catalogue, ImportCatalogue(law.table()), at("2027-02-01T08:00")).refused == ()
    desk.office.write(write_rules, law.rules(), at("2027-02-02T08:00"))
    instants = sorted({MIDNIGHT + timedelta(seconds=each) for each in [*seconds, -1, 0]})
    taken = []
    for place, when in enumerate(instants):
        channel = ("direct", "online")[place % 2]
        accepted = desk.take_in(when, procedure=CODE, term=None, channel=channel)
        taken.append((when, accepted, desk.show(accepted.code, when), receipt(desk, accepted.code, when), channel))
    later = at("2027-03-10T08:00")
    for when, accepted, detail, text, channel in taken:
        code, fee, term, form = law.has_begun(when)
        day = local(when)
        old = f"H29.12-{day:%y%m%d}-"
        assert accepted.code.startswith(old) != code or "{AA}" in law.template
        full = law.full_fee(when, channel)
        assert accepted.fee == (full - full * law.percent // 100 if fee else full)
        assert ("Giảm thử" in text) == fee and (f"Lời dặn {law.limit}." in text) == term
        assert (law.footer in text) == form
        limits = (law.office_limit, law.limit) if term else (LIMIT, LIMIT)
        assert [line for line in accepted.deadline if f" {limits[0]} ngày làm việc" in line]
        assert (detail.due_at != detail.original_due_at) == (term and law.late == "law")
        after = desk.show(accepted.code, later)
        assert (after.due_at, after.original_due_at, after.fee) == (detail.due_at, detail.original_due_at, detail.fee)
        reprint = receipt(desk, accepted.code, later)
        assert (law.footer in reprint) == form and ("Giảm thử" in reprint) == fee
        assert (f"Lời dặn {law.limit}." in reprint) == term and accepted.code in reprint
    assert desk.check(later).ok
