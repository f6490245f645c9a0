"""The paper and the owner that the tick «Có người ủy quyền» brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance

from app.models.text import fold_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox

    from app.ui.intake.papers_part import PapersPart
    from app.ui.intake.papers_table import PapersList
    from app.ui.intake.person_fields import PersonFields, PrincipalFields
    from app.ui.kit.finder import SearchField
    from app.usecases.catalogue.procedures import ProcedureLine

_PAPER, _REASON = "Giấy tờ ủy quyền", "có người ủy quyền"
_SIGN = "uy quyen"
_SHARED = ("name", "id_number", "phone", "address", "email")
"""Fields of a principal that an owner has, too."""


class PartsOfForm(Protocol):
    """Parts of the intake form that the tick concerns."""

    has_principal: QCheckBox
    other_owner: QCheckBox
    owner: PersonFields
    principal: PrincipalFields
    papers: PapersList
    papers_part: PapersPart
    procedure: SearchField

    @property
    def edited(self) -> SignalInstance:
        """Signal after any change."""

    @property
    def chosen(self) -> ProcedureLine | None:
        """The chosen procedure."""


class AuthorityTick(QObject):
    """Ticks the paper of authority and offers the owner as the principal.

    It follows the user's tick only; a draft has its own papers and people.
    """

    def __init__(self, form: PartsOfForm, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._offered: dict[str, str] = {}
        self._brought = ""
        form.has_principal.clicked.connect(self._on_clicked)
        form.owner.edited.connect(self._offer_owner)
        form.procedure.picked.connect(lambda _line: self._tick_paper())

    def _on_clicked(self, checked: bool) -> None:
        if checked:
            self._tick_paper()
            self._offer_owner()
        else:
            self._take_paper_back()
        self._form.edited.emit()

    def _offer_owner(self) -> None:
        """Fill the principal from the owner until the user types another one."""
        form = self._form
        if not (form.has_principal.isChecked() and form.other_owner.isChecked()):
            return
        owner, principal = form.owner.read(), form.principal.read()
        typed = {name: principal[name] for name in _SHARED if name in principal}
        if typed in ({}, self._offered):
            self._offered = {name: str(owner[name]) for name in _SHARED if name in owner}
            form.principal.fill({**principal, **dict.fromkeys(_SHARED, ""), **self._offered})

    def _paper_place(self) -> int | None:
        rows = self._form.papers.papers.rows
        return next((place for place, row in enumerate(rows) if _SIGN in fold_text(row.name)), None)

    def _tick_paper(self) -> None:
        form, place = self._form, self._paper_place()
        if not form.has_principal.isChecked() or form.chosen is None:
            return
        if place is None:
            self._brought = _PAPER
            form.papers_part.add(_PAPER, _REASON)
        elif not form.papers.papers.rows[place].ticked:
            self._brought = form.papers.papers.rows[place].name
            form.papers.tick(place)

    def _take_paper_back(self) -> None:
        """Remove the tick or the paper that this tick brought."""
        place = self._paper_place()
        rows = self._form.papers.papers.rows
        brought, self._brought = self._brought, ""
        if place is None or rows[place].name != brought:
            return
        if rows[place].reason == _REASON:
            self._form.papers.show_papers([row for row in rows if row is not rows[place]])
        elif rows[place].ticked:
            self._form.papers.tick(place)
