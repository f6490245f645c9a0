"""The use cases that the frame and intake ask for, read from the disk at the first asking: the window stands and takes
the first key before them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.usecases.catalogue import (
        FindProcedures,
        ProcedureLine,
        UsualProcedures,
        find_procedures,
        usual_procedures,
    )
    from app.usecases.desk import (
        CountWork,
        FindPeople,
        ReadScan,
        count_work,
        find_people,
        read_scan_text,
    )
    from app.usecases.drafts import KeepDraft, ReadDraft, keep_draft, read_draft
    from app.usecases.intake import accept_dossier
    from app.usecases.intake_line import AcceptDossier
    from app.usecases.preview import PreviewPromise, preview_promise
    from app.usecases.reissue import AskAgain, ask_again
    from app.usecases.visits import EarlierVisits, earlier_visits

__all__ = [
    "AcceptDossier",
    "AskAgain",
    "CountWork",
    "EarlierVisits",
    "FindPeople",
    "FindProcedures",
    "KeepDraft",
    "PreviewPromise",
    "ProcedureLine",
    "ReadDraft",
    "ReadScan",
    "UsualProcedures",
    "accept_dossier",
    "ask_again",
    "count_work",
    "earlier_visits",
    "find_people",
    "find_procedures",
    "keep_draft",
    "preview_promise",
    "read_ahead",
    "read_draft",
    "read_scan_text",
    "usual_procedures",
]
_FILES = {
    "catalogue": ("FindProcedures", "ProcedureLine", "UsualProcedures", "find_procedures", "usual_procedures"),
    "desk": ("CountWork", "FindPeople", "ReadScan", "count_work", "find_people", "read_scan_text"),
    "drafts": ("KeepDraft", "ReadDraft", "keep_draft", "read_draft"),
    "intake": ("accept_dossier",),
    "intake_line": ("AcceptDossier",),
    "preview": ("PreviewPromise", "preview_promise"),
    "reissue": ("AskAgain", "ask_again"),
    "visits": ("EarlierVisits", "earlier_visits"),
}


def __getattr__(name: str) -> Any:
    for file, names in _FILES.items():
        if name in names:
            return getattr(import_module(f"app.usecases.{file}"), name)
    raise AttributeError(name)


def read_ahead() -> None:
    """Read them all, aside, once the window stands."""
    for file in _FILES:
        import_module(f"app.usecases.{file}")
