"""The use cases that the frame and intake ask for, read from the disk at the first asking: the window stands and takes
the first key before them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.services.intake.command import AcceptDossier
    from app.usecases.catalogue.procedures import (
        FindProcedures,
        FrequentProcedures,
        ProcedureLine,
        find_procedures,
        frequent_procedures,
    )
    from app.usecases.dossiers.earlier_visits import EarlierVisits, earlier_visits
    from app.usecases.dossiers.queries import CountWork, FindPeople, ReadScan, count_work, find_people, read_scan_text
    from app.usecases.intake.accept import accept_dossier
    from app.usecases.intake.draft import ReadDraft, SaveDraft, read_draft, save_draft
    from app.usecases.intake.preview import PreviewPromise, preview_promise
    from app.usecases.intake.reissue import GetReissueLine, get_reissue_line

__all__ = [
    "AcceptDossier",
    "CountWork",
    "EarlierVisits",
    "FindPeople",
    "FindProcedures",
    "FrequentProcedures",
    "GetReissueLine",
    "PreviewPromise",
    "ProcedureLine",
    "ReadDraft",
    "ReadScan",
    "SaveDraft",
    "accept_dossier",
    "count_work",
    "earlier_visits",
    "find_people",
    "find_procedures",
    "frequent_procedures",
    "get_reissue_line",
    "preload_use_cases",
    "preview_promise",
    "read_draft",
    "read_scan_text",
    "save_draft",
]
_MODULES = {
    "usecases.catalogue.procedures": (
        "FindProcedures",
        "ProcedureLine",
        "FrequentProcedures",
        "find_procedures",
        "frequent_procedures",
    ),
    "usecases.dossiers.queries": ("CountWork", "FindPeople", "ReadScan", "count_work", "find_people", "read_scan_text"),
    "usecases.intake.draft": ("SaveDraft", "ReadDraft", "save_draft", "read_draft"),
    "usecases.intake.accept": ("accept_dossier",),
    "services.intake.command": ("AcceptDossier",),
    "usecases.intake.preview": ("PreviewPromise", "preview_promise"),
    "usecases.intake.reissue": ("GetReissueLine", "get_reissue_line"),
    "usecases.dossiers.earlier_visits": ("EarlierVisits", "earlier_visits"),
}


def __getattr__(name: str) -> Any:
    for file, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"app.{file}"), name)
    raise AttributeError(name)


def preload_use_cases() -> None:
    """Read them all, aside, once the window stands."""
    for file in _MODULES:
        import_module(f"app.{file}")
