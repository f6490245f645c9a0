"""Buttons and form of the actions on a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLayout, QLineEdit, QPushButton, QWidget

from app.models.enums import Action, Gender
from app.models.instants import local_day
from app.models.text import clean
from app.models.values.amounts import parse_amount
from app.models.values.days import parse_day
from app.services.dossier_actions import ActOnDossier
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.holder_field import HolderField
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import EnterAdvances, FieldBox, button, column, label, row
from app.wording.documents.cash_sheet import method_name
from app.wording.status import action_name

if TYPE_CHECKING:
    from app.ui.dossier.supplement_papers import PapersPart
    from app.ui.kit.second_person import SecondPerson


@dataclass(frozen=True)
class Question:
    """One field of an action's form: command field, caption, required or not."""

    name: str
    caption: str
    required: bool = False


_ALIAS, _SYSTEM = "alias", "alias_system"
_PERSON = {
    "name": "Họ tên",
    "id_number": "Số định danh",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "phone": "Điện thoại",
    "address": "Địa chỉ",
    "email": "Thư điện tử",
    "authority": "Giấy ủy quyền của",
}
_ALWAYS_ASKED = ("name", "id_number", "phone", "authority")
"""Of a person besides the owner; the other fields are shown where the dossier has a value."""
_ROLES = {"submitter": "người nộp", "principal": "người ủy quyền"}
_NOTE = Question("note", "Ghi chú")
_REASON = Question("note", "Lý do", required=True)
QUESTIONS: Mapping[Action, tuple[Question, ...]] = {
    Action.SEND: (Question("to", "Chuyển đến ai, bộ phận nào", required=True), _NOTE),
    Action.RECEIVE: (_NOTE,),
    Action.TAKE_BACK: (_REASON,),
    Action.ASK_SUPPLEMENT: (Question("note", "Giấy tờ, nội dung khác cần bổ sung", required=True),),
    Action.SUPPLEMENT: (Question("note", "Đã bổ sung gì khác; vì sao vẫn nhận khi còn thiếu"),),
    Action.ASK_PAYMENT: (
        Question("amount", "Số tiền phải nộp, đồng", required=True),
        Question("note", "Khoản phải nộp, lý do", required=True),
        Question("until", "Nộp chậm nhất ngày (để trống nếu không hạn)"),
    ),
    Action.REFUSE: (_REASON,),
    Action.STOP: (_REASON,),
    Action.WITHDRAW: (Question("note", "Lý do rút", required=True),),
    Action.CLOSE: (_REASON,),
    Action.APOLOGISE: (Question("until", "Hẹn lại ngày (ngày/tháng/năm)", required=True), _REASON),
    Action.FINISH: (_NOTE,),
    Action.RETURN: (
        Question("received_by", "Người nhận kết quả", required=True),
        Question("receiver_id", "Số định danh người nhận"),
        Question("authority", "Giấy ủy quyền, số bưu gửi"),
        _NOTE,
    ),
    Action.AMEND: (
        Question("name", "Họ tên chủ hồ sơ"),
        Question("id_number", "Số định danh, số giấy tờ"),
        Question("birth_date", "Ngày sinh"),
        Question("gender", "Giới tính"),
        Question("phone", "Điện thoại"),
        Question("address", "Địa chỉ"),
        Question("email", "Thư điện tử"),
        Question("pages", "Số trang bản chính"),
        Question("exempt", "Nhóm, lý do được miễn, giảm"),
        Question("level", "Mức tài khoản (1, 2)"),
        Question(_ALIAS, "Thêm mã nơi khác cấp"),
        Question(_SYSTEM, "Hệ thống cấp mã ấy"),
        Question("note", "Lý do đính chính", required=True),
    ),
    Action.PAY: (
        Question("amount", "Số tiền, đồng", required=True),
        Question("method", "Hình thức"),
        Question("receipt", "Biên lai (từ 2027: KÝ HIỆU/SỐ)"),
        _NOTE,
    ),
    Action.REFUND: (Question("amount", "Số tiền hoàn, đồng", required=True), Question("method", "Hình thức"), _REASON),
    Action.VOID: (_REASON,),
    Action.UNDO: (_REASON,),
}
_LATE_REASON = Question("reason", "Nguyên nhân quá hạn (theo danh sách)")
_METHODS = tuple((code, method_name(code)) for code in ("cash", "transfer", "qr", "card"))
_GENDERS = (("", "Chưa ghi"), (Gender.FEMALE.value, "Nữ"), (Gender.MALE.value, "Nam"))
_CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {"method": _METHODS, "gender": _GENDERS}
_MANY_QUESTIONS = 12
_VOID_AND_REISSUE = "Hủy và cấp lại"
KEYS: Mapping[Action, str] = {
    Action.SEND: "1",
    Action.RECEIVE: "2",
    Action.FINISH: "3",
    Action.RETURN: "4",
    Action.ASK_SUPPLEMENT: "5",
    Action.SUPPLEMENT: "6",
    Action.PAY: "7",
    Action.APOLOGISE: "8",
    Action.AMEND: "9",
    Action.REFUSE: "0",
    Action.TAKE_BACK: "L",
    Action.STOP: "D",
    Action.WITHDRAW: "R",
    Action.CLOSE: "K",
    Action.ASK_PAYMENT: "Y",
    Action.REFUND: "H",
    Action.VOID: "U",
    Action.UNDO: "Z",
}
"""Key of each action; it is the same in every state of a dossier."""
_WIDE = frozenset(("note", "to", "address"))
_DAYS = frozenset(("until", "birth_date"))
_AFTER_PEOPLE = ("pages", "exempt", "level", _ALIAS)
_USUAL = (Action.RETURN, Action.SUPPLEMENT, Action.RECEIVE, Action.SEND, Action.FINISH)


class ActionBar(QWidget):
    """Buttons of the allowed actions.

    The usual next action comes first. Rare actions have a second line.

    Signals: `action_chosen(Action)`.
    """

    action_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._usual, self._rare = FlowWidget(), FlowWidget()
        self.setLayout(column(self._usual, self._rare))
        self._buttons: dict[Action, QPushButton] = {}
        self.allowed: tuple[Action, ...] = ()

    def show_actions(self, allowed: Sequence[Action], next_action: Action | None) -> None:
        """Show a button with its key for each allowed action."""
        known = [action for action in QUESTIONS if action in set(map(Action, allowed))]
        usual = sorted((a for a in known if a in _USUAL), key=lambda a: (a != next_action, _USUAL.index(a)))
        rare = [action for action in KEYS if action in known and action not in usual]
        self.allowed = (*usual, *rare)
        for place, action in enumerate(self.allowed):
            if action not in self._buttons:
                self._buttons[action] = self._create_button(action)
            set_style_property(self._buttons[action], "main", place == 0)
        self._usual.arrange(*self.buttons[: len(usual)])
        self._rare.arrange(*self.buttons[len(usual) :])

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons of the allowed actions."""
        return tuple(self._buttons[action] for action in self.allowed)

    def _create_button(self, action: Action) -> QPushButton:
        action_button = button(f"{KEYS[action]}  {action_name(action)}")
        action_button.setProperty("small", action not in _USUAL)
        action_button.setObjectName(f"act.{action.value}")
        action_button.clicked.connect(lambda: self.action_chosen.emit(action))
        return action_button

    def press(self, key: str) -> bool:
        """Choose the allowed action of a key. False where it has none."""
        action = next((action for action in self.allowed if KEYS[action] == key.upper()), None)
        if action is not None:
            self.action_chosen.emit(action)
        return action is not None


class ActionForm(EnterAdvances):
    """Fields of one action.

    `known` has the likely values by field; a correction shows the fields that it names.
    `second` holds the second user of an action that two users must approve. `undone` is the name of the action that an
    undo reverses.

    `papers` are those of a supplement, ticked one by one.

    With `reason` in `known` the form asks for the reason of lateness.

    `reissue` is True once the user chose to void and reissue the dossier.

    Signals: `submitted(ActOnDossier)`, `cancelled()`; `payment_code_requested(amount)` once a payment by QR is chosen,
    None for an amount that cannot be read.
    """

    submitted = Signal(object)
    cancelled = Signal()
    payment_code_requested = Signal(object)

    def __init__(
        self,
        code: str,
        action: Action,
        known: Mapping[str, str],
        runner: Runner,
        second: "SecondPerson | None",
        undone: str,
        papers: "PapersPart | None",
    ) -> None:
        super().__init__()
        self.code, self.action, self.reissue = code, action, False
        self._runner = runner
        self.second, self.papers = second, papers
        self.boxes: dict[str, FieldBox] = {}
        frame = QFrame()
        frame.setObjectName("card")
        self._known = known
        self.questions = _questions(action, known)
        self.fields = self._grid()
        self.submit_button = button(action_name(action), main=action != Action.VOID)
        self.submit_button.setObjectName("act.do")
        self.submit_button.clicked.connect(partial(self._submit, False))
        cancel = button("Thôi  Esc")
        cancel.clicked.connect(self.cancelled)
        foot = row(
            label(_explanation(action), "caption", wrap=True), *self._void_and_reissue(), self.submit_button, cancel
        )
        foot.setStretch(0, 1)
        head: list[QWidget] = [papers.widget] if papers else []
        parts: list[QWidget | QLayout] = [*head, self.fields, *([second] if second is not None else [])]
        parts.insert(0 if self.is_long else len(parts), foot)  # so that the button is in view
        heading = f"{action_name(action)}: {undone}" if undone else action_name(action)
        self.heading = label(heading, "strong")
        frame.setLayout(column(self.heading, *parts, margin=GRID - 2))
        self.setLayout(column(frame))
        for stop, following in pairwise((list(self.boxes.values())[-1].inner, self.submit_button, cancel)):
            self.setTabOrder(stop, following)
        self.advance_on_enter(*(papers.fields if papers else ()))
        self.advance_on_enter(*(box.inner for box in self.boxes.values() if not isinstance(box.inner, HolderField)))

    @property
    def is_long(self) -> bool:
        """Whether the form takes the place of the lists of the dossier."""
        return len(self.questions) > _MANY_QUESTIONS

    def _grid(self) -> FieldGrid:
        boxes = [self._box(question) for question in self.questions]
        wide = [box for box, question in zip(boxes, self.questions, strict=True) if _key(question.name) in _WIDE]
        return FieldGrid(*boxes, wide=wide)

    def _box(self, question: Question) -> FieldBox:
        inner = self._field(question.name)
        inner.setObjectName(f"act.{question.name}")
        self.boxes[question.name] = FieldBox(question.caption, inner)
        return self.boxes[question.name]

    def _field(self, name: str) -> QWidget:
        if name == "to":
            holder = HolderField(self._runner, "holders")
            holder.load()
            return holder
        if choices := _CHOICES.get(_key(name)):
            box = _choice(choices, self._known.get(name, ""))
            if self.action == Action.PAY:
                box.activated.connect(self._on_method)
            return box
        line = QLineEdit(self._known.get(name, ""))
        if _key(name) in _DAYS:
            add_calendar(line, lambda: parse_day(line.text()) or local_day(self._runner.desk.now()))
        return line

    def focus_first_field(self) -> None:
        """Focus the first field and select its text.

        A return with a known receiver and a supplement with its papers focus their button, so that one key confirms it.
        """
        if self.action == Action.RETURN and self._text("received_by"):
            self.submit_button.setFocus()
            return
        first = self.papers.fields[0] if self.papers else next(iter(self.boxes.values())).inner
        if self.action == Action.SUPPLEMENT and self.papers:
            first = self.submit_button
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def choose_field(self, name: str) -> None:
        """Focus the field to correct and select its text."""
        box = self.boxes.get(name)
        if box is not None and isinstance(box.inner, QLineEdit):
            box.inner.setFocus()
            box.inner.selectAll()

    @property
    def error(self) -> str:
        """The error shown under a field, empty for none."""
        return next((box.error for box in self.boxes.values() if box.error), "")

    def show_error(self, field: str, text: str) -> bool:
        """Show an error under the field it names.

        False where the form has no such field.
        """
        box = self.boxes.get(field.removeprefix("applicant.")) or self.boxes.get(field.partition(".")[0])
        if box is None and self.action in (Action.AMEND, Action.ASK_SUPPLEMENT):
            box = next(iter(self.boxes.values()))
        if box is None:
            return False
        box.show_error(text)
        return True

    def _void_and_reissue(self) -> tuple[QPushButton, ...]:
        """Return the button that voids and reissues, for the action VOID only."""
        if self.action != Action.VOID:
            return ()
        reissue_button = button(_VOID_AND_REISSUE, main=True)
        reissue_button.setObjectName("act.again")
        reissue_button.clicked.connect(partial(self._submit, True))
        return (reissue_button,)

    def _submit(self, reissue: bool) -> None:
        self.reissue = reissue
        if self.papers and self.papers.show_missing():
            return
        for question in self.questions:
            if error := self._missing(question):
                self.boxes[question.name].show_error(error)
                return
        values = self._corrections() if self.action == Action.AMEND else self._values()
        if values is None or not self._read_day(values) or not self._read_amount(values):
            return
        if self.papers:
            values["papers"] = self.papers.read()
        if self.second is not None:
            values["second"] = self.second.credentials()
        self.submitted.emit(ActOnDossier(self.code, self.action, **values))

    def _values(self) -> dict[str, Any]:
        return {question.name: self._text(question.name) or None for question in self.questions}

    def _corrections(self) -> dict[str, Any] | None:
        """Return the changed fields and the reason.

        None, with an error shown, if no field was changed.
        """
        texts = {question.name: self._text(question.name) for question in self.questions}
        note, system = texts.pop("note"), texts.pop(_SYSTEM)
        if system and not texts[_ALIAS]:
            self.boxes[_ALIAS].show_error("Ghi mã do hệ thống ấy cấp.")
            return None
        if system:
            texts[_ALIAS] = f"{texts[_ALIAS]}@{system}"
        sets = tuple((name, text) for name, text in texts.items() if clean(text) != clean(self._known.get(name, "")))
        if not sets:
            self.boxes[self.questions[0].name].show_error("Chưa sửa mục nào. Sửa mục ghi sai rồi bấm lại.")
            return None
        return {"sets": sets, "note": note}

    def _missing(self, question: Question) -> str:
        """Return what a required field still lacks, empty for nothing."""
        inner = self.boxes[question.name].inner
        if isinstance(inner, HolderField):
            return inner.question()
        if self.papers and self.papers.read():
            return ""
        return "Ghi mục này rồi bấm lại." if question.required and not self._text(question.name) else ""

    def _text(self, name: str) -> str:
        inner = self.boxes[name].inner
        if isinstance(inner, HolderField):
            return inner.holder()
        if isinstance(inner, QComboBox):
            return str(inner.currentData())
        return inner.text().strip() if isinstance(inner, QLineEdit) else ""

    def _on_method(self) -> None:
        """Ask for the VietQR code of a payment by QR."""
        if self._text("method") == "qr":
            self.payment_code_requested.emit(parse_amount(self._text("amount")))

    def _read_day(self, values: dict[str, Any]) -> bool:
        if values.get("until") is not None:
            values["until"] = parse_day(str(values["until"]))
            if values["until"] is None:
                self.boxes["until"].show_error("Ghi ngày như 20/03/2026.")
                return False
        return True

    def _read_amount(self, values: dict[str, Any]) -> bool:
        if values.get("amount") is not None:
            values["amount"] = parse_amount(str(values["amount"]))
            if values["amount"] is None:
                self.boxes["amount"].show_error("Ghi số tiền bằng chữ số, như 8.000.")
                return False
        return True


def _questions(action: Action, known: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the questions of an action.

    A correction has those with a known value.
    """
    if action == Action.AMEND:
        questions = [q for q in QUESTIONS[action] if q.name in known or q.name in (_ALIAS, _SYSTEM, "note")]
        place = next((place for place, q in enumerate(questions) if q.name in _AFTER_PEOPLE))
        return (*questions[:place], *_questions_on_others(known), *questions[place:])
    return (*QUESTIONS[action], *((_LATE_REASON,) if "reason" in known else ()))


def _questions_on_others(known: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the questions about other people, such as `co1.name`."""
    names = {name for name, value in known.items() if "." in name and (value or _key(name) in _ALWAYS_ASKED)}
    roles = dict.fromkeys(name.partition(".")[0] for name in known if name in names)
    return tuple(
        Question(f"{role}.{key}", f"{caption} {_role_word(role)}")
        for role in roles
        for key, caption in _PERSON.items()
        if f"{role}.{key}" in names
    )


def _role_word(role: str) -> str:
    return _ROLES.get(role) or f"người cùng yêu cầu {role.removeprefix('co')}"


def _key(name: str) -> str:
    """Return the name of a field without its person."""
    return name.rpartition(".")[2]


def _choice(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    for code, word in choices:
        box.addItem(word, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _explanation(action: Action) -> str:
    return {
        Action.VOID: "Mã đã cấp không dùng lại. Cấp lại thì phần đã nhập mở ra để sửa, mã cũ dẫn sang hồ sơ mới.",
        Action.APOLOGISE: "Chỉ hẹn lại một lần; từ ngày hẹn trở đi là xin lỗi muộn. Ngày hẹn đầu vẫn là mốc tính hạn.",
        Action.RETURN: "Enter xác nhận người nộp nhận. Người khác nhận thì sửa tên, ghi số và giấy ủy quyền.",
        Action.ASK_PAYMENT: "Thời hạn tạm dừng đến khi thu. Quá ngày nộp, hồ sơ hiện trong việc phải làm (F4).",
        Action.REFUND: "Số đã thu giảm đi; khoản hoàn ghi vào ngày hôm nay.",
        Action.UNDO: "Việc vừa ghi và giấy đã in còn trong lịch sử. Chỉ hoàn tác được trong 10 phút, tại quầy này.",
        Action.AMEND: "Bản ghi cũ còn trong lịch sử; in lại giấy tiếp nhận sau khi đính chính.",
    }.get(action, "")
