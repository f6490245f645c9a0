"""Values that several documents share."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.models.forms.values import party_names
from app.models.instants import local, local_day
from app.printing.composed.values import Values
from app.printing.documents.dossier import Document, PaperRow
from app.printing.documents.parts import Party
from app.wording.documents import forms as words
from app.wording.documents.letters import with_full_stop
from app.wording.documents.unnumbered_forms import in_words
from app.wording.numbers import day_in_words, instant_in_figures, instant_in_words, money

FLAG = "X"
"""Text of a flag that is set."""


def common_texts(doc: Document) -> dict[str, str]:
    """Return the values of the heading."""
    head = doc.head
    return {
        "code": doc.identity.code,
        "unit": head.unit,
        "parent": head.parent,
        "centre": head.centre,
        "place": head.place,
        "day": day_text(date.fromisoformat(head.day)),
    }


def party_texts(role: str, party: Party | None) -> dict[str, str]:
    """Return a person's values as `role.name`, empty without one."""
    return {name: "" if party is None else getattr(party, name.partition(".")[2]) for name in party_names(role)}


def flag(condition: bool) -> str:
    """Return a flag."""
    return FLAG if condition else ""


def day_text(day: date) -> str:
    """Return a day without «ngày»: `05 tháng 02 năm 2026`."""
    return day_in_words(day).removeprefix("ngày ")


def instant_day(text: str) -> str:
    """Return the day of an instant without «ngày»."""
    return day_text(local_day(datetime.fromisoformat(text)))


def instant(text: str | None, note: str = "") -> str:
    """Return an instant in words, or the note without one."""
    return instant_in_words(datetime.fromisoformat(text)) if text else note


def figures(name: str, text: str | None) -> dict[str, str]:
    """Return time and day of an instant as `name_time`, `name_day`."""
    time, day = instant_in_figures(datetime.fromisoformat(text)).split() if text else ("", "")
    return {f"{name}_time": time, f"{name}_day": day}


def hour_and_day(text: str | None) -> str:
    """Return `17 giờ 00 phút, ngày 13/02/2026`, empty without an instant."""
    if not text:
        return ""
    at = local(datetime.fromisoformat(text))
    return f"{at:%H} giờ {at:%M} phút, ngày {at:%d/%m/%Y}"


def fee_texts(fee: int | None) -> dict[str, str]:
    """Return `fee` in đồng, and whether there is none; both empty if unknown."""
    return {"fee": money(fee) if fee else "", "no_fee": flag(fee == 0)}


def amount_texts(amount: int) -> dict[str, str]:
    """Return an amount in figures and in words."""
    return {"amount": money(amount), "amount_in_words": in_words(amount)}


def texts_of(items: Iterable[str]) -> list[Values]:
    """Return a list of texts."""
    return [Values({"text": item}) for item in items]


def paper_values(rows: Sequence[PaperRow]) -> list[Values]:
    """Return the papers of a dossier; a count of 0 is empty."""
    return [
        Values(
            {
                "name": row.name,
                "originals": str(row.originals) if row.originals else "",
                "copies": str(row.copies) if row.copies else "",
                "handling": row.handling,
                "counts": words.paper_counts(row.originals, row.copies),
            }
        )
        for row in rows
    ]


sentence = with_full_stop
