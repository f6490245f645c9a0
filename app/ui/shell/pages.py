"""The window's pages, each made when it is first gone to: the first is typed into before the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from app.ui.kit.page import Page

if TYPE_CHECKING:
    from app.ui.admin.calendar_page import CalendarPage
    from app.ui.admin.catalogue_page import CataloguePage
    from app.ui.admin.office_page import OfficePage
    from app.ui.admin.rebuild_page import RebuildPage
    from app.ui.admin.sms_page import NoticesPage
    from app.ui.admin.sync_page import SyncPage
    from app.ui.admin.users_page import PeoplePage
    from app.ui.citizens.page import CitizensPage
    from app.ui.devices.page import DevicesPage
    from app.ui.dossier.page import DossierPage
    from app.ui.intake.page import IntakePage
    from app.ui.lists.lookup import LookupPage
    from app.ui.lists.registers import RegistersPage
    from app.ui.lists.tray_count import CountPage
    from app.ui.lists.worklist import WorklistPage
    from app.ui.reports.figures_page import ReportsPage
    from app.ui.shell.day_start_page import StartPage
    from app.ui.shell.help_page import GuidePage

_PLACES = {
    "intake": ("intake.page", "IntakePage"),
    "worklist": ("lists.worklist", "WorklistPage"),
    "start": ("shell.day_start_page", "StartPage"),
    "calendar": ("admin.calendar_page", "CalendarPage"),
    "catalogue": ("admin.catalogue_page", "CataloguePage"),
    "count": ("lists.tray_count", "CountPage"),
    "lookup": ("lists.lookup", "LookupPage"),
    "dossier": ("dossier.page", "DossierPage"),
    "reports": ("reports.figures_page", "ReportsPage"),
    "registers": ("lists.registers", "RegistersPage"),
    "sync": ("admin.sync_page", "SyncPage"),
    "office": ("admin.office_page", "OfficePage"),
    "citizens": ("citizens.page", "CitizensPage"),
    "people": ("admin.users_page", "PeoplePage"),
    "notices": ("admin.sms_page", "NoticesPage"),
    "devices": ("devices.page", "DevicesPage"),
    "rebuild": ("admin.rebuild_page", "RebuildPage"),
    "help": ("shell.help_page", "GuidePage"),
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
