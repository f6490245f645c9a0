"""The window's pages, each made when it is first gone to: the first is typed into before the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from app.ui.page import Page

if TYPE_CHECKING:
    from app.ui.calendar import CalendarPage
    from app.ui.catalogue import CataloguePage
    from app.ui.citizens import CitizensPage
    from app.ui.count import CountPage
    from app.ui.devices import DevicesPage
    from app.ui.dossier import DossierPage
    from app.ui.guide import GuidePage
    from app.ui.intake import IntakePage
    from app.ui.lookup import LookupPage
    from app.ui.notices import NoticesPage
    from app.ui.office import OfficePage
    from app.ui.people import PeoplePage
    from app.ui.rebuild import RebuildPage
    from app.ui.registers import RegistersPage
    from app.ui.reports import ReportsPage
    from app.ui.start import StartPage
    from app.ui.sync import SyncPage
    from app.ui.worklist import WorklistPage

_PLACES = {
    "intake": ("intake", "IntakePage"),
    "worklist": ("worklist", "WorklistPage"),
    "start": ("start", "StartPage"),
    "calendar": ("calendar", "CalendarPage"),
    "catalogue": ("catalogue", "CataloguePage"),
    "count": ("count", "CountPage"),
    "lookup": ("lookup", "LookupPage"),
    "dossier": ("dossier", "DossierPage"),
    "reports": ("reports", "ReportsPage"),
    "registers": ("registers", "RegistersPage"),
    "sync": ("sync", "SyncPage"),
    "office": ("office", "OfficePage"),
    "citizens": ("citizens", "CitizensPage"),
    "people": ("people", "PeoplePage"),
    "notices": ("notices", "NoticesPage"),
    "devices": ("devices", "DevicesPage"),
    "rebuild": ("rebuild", "RebuildPage"),
    "help": ("guide", "GuidePage"),
}
_Kind = TypeVar("_Kind", bound=Page)


class Pages(Mapping[str, Page]):
    """Pages by name. Asking for one makes it; `settle` is told of each that was made, to lay and wire it."""

    def __init__(self, make: Callable[[str, type[Page]], Page], settle: Callable[[str, Page], None]) -> None:
        self._make = make
        self._settle = settle
        self.made: dict[str, Page] = {}

    def __getitem__(self, name: str) -> Page:
        if name not in self.made:
            file, kind = _PLACES[name]
            self.made[name] = self._make(name, getattr(import_module(f"app.ui.{file}"), kind))
            self._settle(name, self.made[name])
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


class HasPages(Protocol):
    """The window, as far as its pages are concerned."""

    pages: Pages


class PageOf(Generic[_Kind]):
    """A page as an attribute of the window, made when it is first read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, window: HasPages, owner: type[HasPages]) -> _Kind:
        return cast("_Kind", window.pages[self.name])


class WindowPages:
    """The pages of a window, each by its name."""

    intake: PageOf[IntakePage] = PageOf("intake")
    worklist: PageOf[WorklistPage] = PageOf("worklist")
    start: PageOf[StartPage] = PageOf("start")
    calendar: PageOf[CalendarPage] = PageOf("calendar")
    catalogue: PageOf[CataloguePage] = PageOf("catalogue")
    count: PageOf[CountPage] = PageOf("count")
    lookup: PageOf[LookupPage] = PageOf("lookup")
    dossier: PageOf[DossierPage] = PageOf("dossier")
    reports: PageOf[ReportsPage] = PageOf("reports")
    registers: PageOf[RegistersPage] = PageOf("registers")
    sync: PageOf[SyncPage] = PageOf("sync")
    office: PageOf[OfficePage] = PageOf("office")
    citizens: PageOf[CitizensPage] = PageOf("citizens")
    people: PageOf[PeoplePage] = PageOf("people")
    notices: PageOf[NoticesPage] = PageOf("notices")
    devices: PageOf[DevicesPage] = PageOf("devices")
    rebuild: PageOf[RebuildPage] = PageOf("rebuild")
    guide: PageOf[GuidePage] = PageOf("help")
