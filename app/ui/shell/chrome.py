"""Widgets around the pages: header, rail, status and progress line."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.models.enums import Right
from app.models.instants import local
from app.office.desk import SessionFacts
from app.ui.kit.dates import format_day, format_time, weekday
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.icons import set_icon
from app.ui.kit.style import GRID, RAIL_WIDTH, set_style_property
from app.ui.kit.widgets import MESSAGE_HEIGHT, Banner, ElidedLabel, button, column, label, row
from app.wording.status import role_name


class Header(QFrame):
    """Office, workstation, signed-in user, time and date; or the banner.

    A message takes the place of all but the clock, so that nothing below it moves. A training office is marked as such,
    because its time may be pretended.
    """

    def __init__(self, facts: SessionFacts, banner: Banner) -> None:
        super().__init__()
        self.setObjectName("header")
        self.office = ElidedLabel("", "strong")
        self.show_office(facts)
        self._clock = label()
        self._clock.setAccessibleName("Giờ và ngày")
        self.banner = banner
        banner.toggled.connect(self._give_place)
        line = row(self.office, gap=2 * GRID)
        line.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        if facts.training:
            self.training = ElidedLabel("Tập huấn: giấy in ra có chữ MẪU, giờ có thể là giờ giả định", "")
            self.training.setObjectName("training")
            line.addWidget(self.training)
        self._line = line
        line.addWidget(banner, 1)
        self._space = expanding_spacer()
        line.addWidget(self._space)
        self.actor = ElidedLabel(role="")
        self.show_actor(facts)
        line.addWidget(self.actor)
        line.addWidget(self._clock)
        self.setLayout(line)
        self.setFixedHeight(MESSAGE_HEIGHT)

    def _give_place(self, shown: bool) -> None:
        """Give the banner its place, or take it back."""
        for part in self._parts():
            part.setVisible(not shown)

    def _parts(self) -> list[QWidget]:
        """Return what the banner replaces."""
        items = (self._line.itemAt(place) for place in range(self._line.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [each for each in widgets if each is not None and each not in (self.banner, self._clock)]

    def offer_real_office(self, begin: Callable[[], None]) -> None:
        """Mark the demonstration and offer to begin with a real office."""
        self.training.set_full_text("Xem thử: người và hồ sơ bịa, giấy in ra có chữ MẪU")
        start = button("Bắt đầu thật")
        start.setObjectName("header.startReal")
        start.setProperty("small", True)
        start.clicked.connect(begin)
        self._line.insertWidget(self._line.indexOf(self.training) + 1, start)

    def show_office(self, facts: SessionFacts) -> None:
        """Show the office and the desk."""
        self.office.set_full_text(f"{facts.office_name} · Quầy {facts.workstation}")

    def show_actor(self, facts: SessionFacts) -> None:
        """Show the signed-in user and their first role."""
        roles = ", ".join(role_name(role) for role in facts.roles[:1])
        self.actor.set_full_text(f"{facts.actor} · {roles}" if roles else facts.actor)

    def show_time(self, now: datetime) -> None:
        """Show the office's time, weekday and date."""
        day = local(now).date()
        name = weekday(day)
        self._clock.setText(f"{format_time(now)}   {name[0].upper()}{name[1:]} {format_day(day)}")


_ITEM_HEIGHT = 38


class NavItem(NamedTuple):
    """One item of the navigation rail: page, shortcut, title, right.

    Users without the right do not see the item.
    """

    page: str
    key: str
    title: str
    requires: Right | None = None


NAV_ITEMS = (
    NavItem("intake", "F2", "Tiếp nhận", Right.TAKE_IN),
    NavItem("worklist", "F4", "Việc phải làm", Right.READ_LISTS),
    NavItem("start", "F11", "Đầu ngày", Right.READ_LISTS),
    NavItem("lookup", "F3", "Tra cứu", Right.READ_LISTS),
    NavItem("reports", "F5", "Báo cáo", Right.READ_FIGURES),
    NavItem("registers", "F6", "Sổ", Right.READ_LISTS),
    NavItem("sync", "F7", "Đồng bộ", Right.READ_FIGURES),
    NavItem("office", "F8", "Cơ quan", Right.ASK_OFFICE),
    NavItem("citizens", "F12", "Người dân", Right.SERVE_CITIZEN),
    NavItem("help", "F1", "Trợ giúp"),
)


def pages_for(rights: frozenset[Right]) -> tuple[str, ...]:
    """Return the page names of the rail items that `rights` permit, in order."""
    return tuple(item.page for item in NAV_ITEMS if item.requires is None or item.requires in rights)


class Rail(QFrame):
    """Navigation rail: icon, title and shortcut of each page.

    Signals: `page_requested(page name)`.
    """

    page_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        box = column(gap=2)
        box.setContentsMargins(0, GRID, 0, GRID)
        for item in NAV_ITEMS:
            if item.page == "help":
                box.addStretch(1)
            box.addWidget(self._button(item), 100)
        self.setLayout(box)

    def _button(self, item: NavItem) -> QPushButton:
        item_button = QPushButton(f" {item.title}")
        item_button.setCheckable(True)
        item_button.setAutoDefault(False)
        item_button.setMaximumHeight(_ITEM_HEIGHT)
        item_button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        item_button.setAccessibleName(f"{item.title}, phím {item.key}")
        set_icon(item_button, item.page)
        key = label(item.key, "caption")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = QHBoxLayout(item_button)
        inner.setContentsMargins(0, 0, GRID, 0)
        inner.addStretch(1)
        inner.addWidget(key)
        item_button.clicked.connect(lambda: self.page_requested.emit(item.page))
        self._group.addButton(item_button)
        self._buttons[item.page] = item_button
        return item_button

    def show_rights(self, rights: frozenset[Right]) -> None:
        """Show only the items that `rights` permit."""
        permitted = set(pages_for(rights))
        for page, item_button in self._buttons.items():
            item_button.setVisible(page in permitted)

    def show_page(self, page: str) -> None:
        """Mark the item of `page`, or none for a page without an item."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)
            return
        self._group.setExclusive(False)
        for item_button in self._buttons.values():
            item_button.setChecked(False)
        self._group.setExclusive(True)


class StatusFact(NamedTuple):
    """One fact of the status line: name, text, and target of a click.

    `urgency` colours it: `amber` or `red`.
    """

    name: str
    text: str
    target: str
    urgency: str = ""


def work_facts(late: int, today: int, to_return: int, unsent: int) -> list[StatusFact]:
    """Return the counts of pending work as facts.

    A zero count has an empty text.
    """
    return [
        StatusFact("late", f"{late} quá hạn" if late else "", "worklist"),
        StatusFact("today", f"{today} đến hạn hôm nay" if today else "", "worklist"),
        StatusFact("to_return", f"{to_return} chờ trả" if to_return else "", "worklist"),
        StatusFact("sync", f"{unsent} chờ gửi" if unsent else "", "sync"),
    ]


class StatusLine(QFrame):
    """Facts the user may have to act on.

    A click opens the page or dialog of a fact.

    Signals: `fact_clicked(target)`.
    """

    fact_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._facts: dict[str, QPushButton] = {}
        self._line = FlowWidget(gap=0, line_gap=0)
        box = column(self._line)
        box.setContentsMargins(GRID, 1, GRID, 1)
        self.setLayout(box)

    def show_facts(self, facts: Sequence[StatusFact]) -> None:
        """Update the given facts; a fact with an empty text is hidden."""
        for fact in facts:
            fact_button = self._facts.get(fact.name) or self._create_button(fact)
            fact_button.setText(fact.text)
            set_style_property(fact_button, "urgency", fact.urgency)
            fact_button.setVisible(bool(fact.text))
        self.move_to_end_of_tab_order()

    def _create_button(self, fact: StatusFact) -> QPushButton:
        fact_button = button(fact.text)
        fact_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fact_button.clicked.connect(lambda: self.fact_clicked.emit(fact.target))
        self._facts[fact.name] = fact_button
        self._line.flow.addWidget(fact_button)
        return fact_button

    def move_to_end_of_tab_order(self) -> None:
        """Move the facts behind the page in the tab order.

        Pages created later would otherwise come last.
        """
        for fact in self._facts.values():
            last = self.window().previousInFocusChain()
            if last is not None and last is not fact:
                QWidget.setTabOrder(last, fact)

    def text(self, name: str) -> str:
        """Return the text of the fact `name`, empty if it was never shown."""
        return self._facts[name].text() if name in self._facts else ""


class ProgressLine(QFrame):
    """Name and progress of slow work, with the hint that Esc stops it.

    It is beside the title of the page, so that nothing moves when it comes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._activity = ElidedLabel(role="")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.setLayout(column(self._activity, self._bar, gap=2))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_work(self, activity: str, can_stop: bool) -> None:
        """Show the name of slow work with an indeterminate bar."""
        self._activity.set_full_text(f"{activity}… (Esc để dừng)" if can_stop else f"{activity}…")
        self._bar.setRange(0, 0)
        self.show()

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show the progress of slow work."""
        self._activity.set_full_text(f"{text}… (Esc để dừng)")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
