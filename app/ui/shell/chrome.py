"""The frame around the pages: header, rail and status line. They show and ask; they decide nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.models.enums import Right
from app.models.instants import local
from app.office.session import SessionFacts
from app.ui.kit.dates import format_day, format_time, weekday
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.icons import set_icon
from app.ui.kit.style import GRID, RAIL_WIDTH
from app.ui.kit.widgets import ElidedLabel, button, column, label, row
from app.wording.status import role_name


class Header(QFrame):
    """Office and desk, the person at work, clock, date and weekday. In training it says so, and that time may be
    pretended."""

    def __init__(self, facts: SessionFacts) -> None:
        super().__init__()
        self.setObjectName("header")
        office = ElidedLabel(f"{facts.office_name} · Quầy {facts.workstation}", "strong")
        self._clock = label()
        self._clock.setAccessibleName("Giờ và ngày")
        line = row(office, gap=2 * GRID)
        line.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        if facts.training:
            training = ElidedLabel("Tập huấn: giấy in ra có chữ MẪU, giờ có thể là giờ giả định", "")
            training.setObjectName("training")
            line.addWidget(training)
        line.addStretch(1)
        self.actor = ElidedLabel(role="")
        self.show_actor(facts)
        line.addWidget(self.actor)
        line.addWidget(self._clock)
        self.setLayout(line)
        self.setFixedHeight(40)

    def show_actor(self, facts: SessionFacts) -> None:
        """Who works here now, and as what."""
        roles = ", ".join(role_name(role) for role in facts.roles[:1])
        self.actor.set_full_text(f"{facts.actor} · {roles}" if roles else facts.actor)

    def show_time(self, now: datetime) -> None:
        """The office's time."""
        day = local(now).date()
        name = weekday(day)
        self._clock.setText(f"{format_time(now)}   {name[0].upper()}{name[1:]} {format_day(day)}")


_ITEM_HEIGHT = 38


@dataclass(frozen=True)
class NavItem:
    """One stop of the rail: name of its page, key, word, and the right that what the page asks first needs; whoever
    has it not does not see the stop."""

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
    """The stops of the rail that somebody with these rights has, in their order."""
    return tuple(each.page for each in NAV_ITEMS if each.requires is None or each.requires in rights)


class Rail(QFrame):
    """The way to each page: icon, word and key.

    Signal: `asked(page)`."""

    page_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        box = column(gap=2)
        box.setContentsMargins(0, GRID, 0, GRID)
        for station in NAV_ITEMS:
            if station.page == "help":
                box.addStretch(1)
            box.addWidget(self._button(station), 100)
        self.setLayout(box)

    def _button(self, station: NavItem) -> QPushButton:
        made = QPushButton(f" {station.title}")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setMaximumHeight(_ITEM_HEIGHT)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        made.setAccessibleName(f"{station.title}, phím {station.key}")
        set_icon(made, station.page)
        key = label(station.key, "caption")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, GRID, 0)
        inside.addStretch(1)
        inside.addWidget(key)
        made.clicked.connect(lambda: self.page_requested.emit(station.page))
        self._group.addButton(made)
        self._buttons[station.page] = made
        return made

    def show_rights(self, rights: frozenset[Right]) -> None:
        """Offers the pages that the person at work may use; the others are absent."""
        may = set(pages_for(rights))
        for page, each in self._buttons.items():
            each.setVisible(page in may)

    def show_page(self, page: str) -> None:
        """Marks where one is; a page without a stop leaves none marked."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)
            return
        self._group.setExclusive(False)
        for each in self._buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)


@dataclass(frozen=True)
class StatusFact:
    """One fact of the status line: name, text, and the page or dialog a click opens."""

    name: str
    text: str
    target: str


def work_facts(late: int, today: int, to_return: int, unsent: int) -> list[StatusFact]:
    """What waits for somebody, in numbers; nothing is said of what does not."""
    return [
        StatusFact("late", f"{late} quá hạn" if late else "", "worklist"),
        StatusFact("today", f"{today} đến hạn hôm nay" if today else "", "worklist"),
        StatusFact("to_return", f"{to_return} chờ trả" if to_return else "", "worklist"),
        StatusFact("sync", f"{unsent} chờ gửi" if unsent else "", "sync"),
    ]


class StatusLine(QFrame):
    """Facts a clerk may have to act on; each opens its page.

    Signal: `asked(name of what to open)`."""

    fact_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._facts: dict[str, QPushButton] = {}
        self._line = FlowWidget(gap=0, line_gap=0)
        around = column(self._line)
        around.setContentsMargins(GRID, 1, GRID, 1)
        self.setLayout(around)

    def show_facts(self, facts: Sequence[StatusFact]) -> None:
        """Says facts anew; those not named stay as they are, an empty one goes."""
        for fact in facts:
            made = self._facts.get(fact.name) or self._create_button(fact)
            made.setText(fact.text)
            made.setVisible(bool(fact.text))
        self.move_to_end_of_tab_order()

    def _create_button(self, fact: StatusFact) -> QPushButton:
        made = button(fact.text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.fact_clicked.emit(fact.target))
        self._facts[fact.name] = made
        self._line.flow.addWidget(made)
        return made

    def move_to_end_of_tab_order(self) -> None:
        """The Tab key comes to the facts after the page, whenever that was made."""
        for fact in self._facts.values():
            last = self.window().previousInFocusChain()
            if last is not None and last is not fact:
                QWidget.setTabOrder(last, fact)

    def text(self, name: str) -> str:
        """What a fact says now."""
        return self._facts[name].text() if name in self._facts else ""


class ProgressLine(QFrame):
    """What is being done, how far it is, and that Esc stops it. Shown only when something takes long."""

    def __init__(self) -> None:
        super().__init__()
        self._activity: QLabel = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        line: QHBoxLayout = row(self._activity, self._bar, margin=GRID // 2)
        line.addStretch(1)
        self.setLayout(line)
        self.hide()

    def show_work(self, activity: str, can_stop: bool) -> None:
        """Names the slow work."""
        self._activity.setText(f"{activity}… (Esc để dừng)" if can_stop else f"{activity}…")
        self._bar.setRange(0, 0)
        self.show()

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        self._activity.setText(f"{text}… (Esc để dừng)")
        self._bar.setRange(0, total)
        self._bar.setValue(done)


def spread_row(*parts: QWidget) -> QHBoxLayout:
    """Parts of a title line: the first to the left, the rest to the right."""
    line = row(parts[0], gap=2 * GRID)
    line.addStretch(1)
    for part in parts[1:]:
        line.addWidget(part)
    return line
