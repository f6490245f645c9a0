"""Table of the first rows of a register, as the file has them."""

from functools import partial

from app.ui.kit.columns import Column
from app.ui.kit.tables import RowsModel, RowsTable
from app.usecases.intake.import_register import RegisterPlan
from app.wording.imports.register_import import column_label

_WIDTH = 150


class SampleModel(RowsModel):
    """Model of rows of texts; a title has the heading and what it becomes."""

    def show_plan(self, plan: RegisterPlan) -> None:
        """Show the first rows of a register."""
        self.columns = tuple(
            Column(f"{use.heading or use.place + 1}\n{column_label(use.column)}", partial(_cell, use.place), _WIDTH)
            for use in plan.uses
        )
        self.order = None
        self.show_rows(plan.sample)


class SampleTable(RowsTable):
    """Table of the first rows."""

    def __init__(self) -> None:
        self._model = SampleModel(())
        super().__init__(self._model, "Mười dòng đầu của sổ")
        self.setObjectName("tables.sample")
        self.horizontalHeader().setFixedHeight(48)

    def show_plan(self, plan: RegisterPlan) -> None:
        """Show the first rows of a register."""
        self._title_widths = [0] * len(plan.uses)
        self._model.show_plan(plan)


def _cell(place: int, cells: tuple[str, ...]) -> str:
    return cells[place] if place < len(cells) else ""
