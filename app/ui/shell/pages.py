"""Pages of the window by name, each imported and created on first use.

The intake page accepts keys before the other pages are imported.
"""

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
    from app.ui.admin.sms_page import SmsPage
    from app.ui.admin.sync_page import SyncPage
    from app.ui.admin.users_page import UsersPage
    from app.ui.citizens.page import CitizensPage
    from app.ui.devices.page import DevicesPage
    from app.ui.dossier.page import DossierPage
    from app.ui.intake.page import IntakePage
    from app.ui.law.page import LawPage
    from app.ui.lists.lookup import LookupPage
    from app.ui.lists.registers import RegistersPage
    from app.ui.lists.tray_count import CountPage
    from app.ui.lists.worklist import WorklistPage
    from app.ui.reports.foreign_page import ForeignTablesPage
    from app.ui.reports.reports_page import ReportsPage
    from app.ui.rules.page import RulesPage
    from app.ui.settings.page import SettingsPage
    from app.ui.shell.day_start_page import DayStartPage
    from app.ui.shell.help_page import HelpPage

_PAGE_CLASSES = {
    "intake": ("intake.page", "IntakePage"),
    "worklist": ("lists.worklist", "WorklistPage"),
    "start": ("shell.day_start_page", "DayStartPage"),
    "calendar": ("admin.calendar_page", "CalendarPage"),
    "catalogue": ("admin.catalogue_page", "CataloguePage"),
    "count": ("lists.tray_count", "CountPage"),
    "lookup": ("lists.lookup", "LookupPage"),
    "dossier": ("dossier.page", "DossierPage"),
    "reports": ("reports.reports_page", "ReportsPage"),
    "tables": ("reports.foreign_page", "ForeignTablesPage"),
    "registers": ("lists.registers", "RegistersPage"),
    "sync": ("admin.sync_page", "SyncPage"),
    "office": ("admin.office_page", "OfficePage"),
    "citizens": ("citizens.page", "CitizensPage"),
    "people": ("admin.users_page", "UsersPage"),
    "notices": ("admin.sms_page", "SmsPage"),
    "devices": ("devices.page", "DevicesPage"),
    "rebuild": ("admin.rebuild_page", "RebuildPage"),
    "law": ("law.page", "LawPage"),
    "rules": ("rules.page", "RulesPage"),
    "settings": ("settings.page", "SettingsPage"),
    "help": ("shell.help_page", "HelpPage"),
}
_Kind = TypeVar("_Kind", bound=Page)


class Pages(Mapping[str, Page]):
    """Pages by name, created on first access.

    `create` returns a page, `on_created` receives it.
    """

    def __init__(self, create: Callable[[str, type[Page]], Page], on_created: Callable[[str, Page], None]) -> None:
        self._create = create
        self._on_created = on_created
        self.created: dict[str, Page] = {}

    def __getitem__(self, name: str) -> Page:
        if name not in self.created:
            module, class_name = _PAGE_CLASSES[name]
            self.created[name] = self._create(name, getattr(import_module(f"app.ui.{module}"), class_name))
            self._on_created(name, self.created[name])
        return self.created[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_PAGE_CLASSES)

    def __len__(self) -> int:
        return len(_PAGE_CLASSES)


class HasPages(Protocol):
    """An object that holds `Pages`, such as the window."""

    pages: Pages


class PageAttribute(Generic[_Kind]):
    """Descriptor that reads a page as an attribute of the window."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, window: HasPages, owner: type[HasPages]) -> _Kind:
        return cast("_Kind", window.pages[self.name])


class WindowPages:
    """The pages as typed attributes of a window."""

    intake: PageAttribute[IntakePage] = PageAttribute("intake")
    worklist: PageAttribute[WorklistPage] = PageAttribute("worklist")
    start: PageAttribute[DayStartPage] = PageAttribute("start")
    calendar: PageAttribute[CalendarPage] = PageAttribute("calendar")
    catalogue: PageAttribute[CataloguePage] = PageAttribute("catalogue")
    count: PageAttribute[CountPage] = PageAttribute("count")
    lookup: PageAttribute[LookupPage] = PageAttribute("lookup")
    dossier: PageAttribute[DossierPage] = PageAttribute("dossier")
    reports: PageAttribute[ReportsPage] = PageAttribute("reports")
    tables: PageAttribute[ForeignTablesPage] = PageAttribute("tables")
    registers: PageAttribute[RegistersPage] = PageAttribute("registers")
    sync: PageAttribute[SyncPage] = PageAttribute("sync")
    office: PageAttribute[OfficePage] = PageAttribute("office")
    citizens: PageAttribute[CitizensPage] = PageAttribute("citizens")
    people: PageAttribute[UsersPage] = PageAttribute("people")
    notices: PageAttribute[SmsPage] = PageAttribute("notices")
    devices: PageAttribute[DevicesPage] = PageAttribute("devices")
    rebuild: PageAttribute[RebuildPage] = PageAttribute("rebuild")
    law: PageAttribute[LawPage] = PageAttribute("law")
    rules: PageAttribute[RulesPage] = PageAttribute("rules")
    settings_page: PageAttribute[SettingsPage] = PageAttribute("settings")
    help_page: PageAttribute[HelpPage] = PageAttribute("help")
