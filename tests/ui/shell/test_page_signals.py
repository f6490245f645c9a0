"""Connections between the signals of pages and the window."""

from PySide6.QtCore import QMetaMethod
from PySide6.QtWidgets import QPushButton

from app.ui.kit.page import Page
from app.ui.shell.pages import Pages
from app.ui.shell.window import MainWindow


def unconnected_signals(page: Page) -> list[str]:
    """Names of the unconnected signals that the page's class declares."""
    meta = page.metaObject()
    methods = [meta.method(index) for index in range(Page.staticMetaObject.methodCount(), meta.methodCount())]
    signals = [method for method in methods if method.methodType() == QMetaMethod.MethodType.Signal]
    return [bytes(signal.name().data()).decode() for signal in signals if not page.isSignalConnected(signal)]


def test_every_page_signal_is_connected(window: MainWindow) -> None:
    loose = {name: unconnected_signals(page) for name, page in window.pages.items()}
    assert loose == {name: [] for name in window.pages}


def test_unconnected_signals_are_detected(window: MainWindow) -> None:
    pages = Pages(lambda _name, kind: kind(window.runner), lambda _name, _page: None)
    assert unconnected_signals(pages["dossier"]) == ["print_requested", "preview_requested", "reissue_requested"]


def test_office_page_opens_other_pages(window: MainWindow) -> None:
    page = window.office
    for name in ("calendar", "devices", "catalogue", "people", "notices", "rebuild", "law", "rules", "settings"):
        page.findChild(QPushButton, f"office.{name}").click()
        assert window.current_page_name == name


def test_day_start_page_opens_other_pages(window: MainWindow) -> None:
    window.start.citizens_requested.emit()
    assert window.current_page_name == "citizens"
    for caption, name in (("Đồng bộ", "sync"), ("Đếm khay", "count")):
        links = {link.text(): link for link in window.start.closing.findChildren(QPushButton)}
        links[caption].click()
        assert window.current_page_name == name


def test_worklist_opens_tray_count(window: MainWindow) -> None:
    window.worklist.findChild(QPushButton, "worklist.count").click()
    assert window.current_page_name == "count"
