"""Import of a register into the office, batch by batch."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.register_import.entries import RegisterEntry
from app.ui.kit.runner import Changed, Runner
from app.usecases.intake.import_register import (
    ImportBatch,
    ImportedBatch,
    RefusedRegisterRow,
    RegisterPlan,
    import_batch,
)


class RegisterImport(QObject):
    """An import that writes one batch after the other.

    `refused` are the rows left out. `advanced` carries the number of rows done, `ended` the result as a sentence.
    """

    advanced = Signal(int)
    ended = Signal(str)

    def __init__(self, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self.refused: list[RefusedRegisterRow] = []
        self._runner, self._page = runner, page
        self._batches: list[tuple[RegisterEntry, ...]] = []
        self._imported = self._already = 0

    @property
    def running(self) -> bool:
        """Whether a batch is being written."""
        return bool(self._batches)

    def begin(self, plan: RegisterPlan, send: bool) -> None:
        """Write the rows of a plan; `send` also sends their dossiers on."""
        self._batches = list(plan.batches())
        self._imported, self._already = 0, plan.already
        self.refused = list(plan.refused)
        self._write_next(plan, send)

    def stop(self) -> None:
        """End after the running batch, because it may be committed already."""
        self._batches = self._batches[:1]

    def _write_next(self, plan: RegisterPlan, send: bool) -> None:
        def written(batch: ImportedBatch) -> None:
            self._imported += batch.imported
            self._already += batch.already
            self.refused += batch.refused
            self._batches = self._batches[1:]
            self.advanced.emit(len(plan.entries) - sum(map(len, self._batches)))
            if self._batches:
                self._write_next(plan, send)
            else:
                self._end("Đã nhập xong")

        self._runner.write(
            import_batch,
            ImportBatch(self._batches[0], plan.name, send, plan.reserved),
            written,
            changes=frozenset({Changed.DOSSIER}),
            source=self._page,
            on_error=self._on_failed,
            activity="Đang nhập sổ",
        )

    def _on_failed(self, _error: Exception) -> bool:
        self._batches = []
        self._end("Nhập dừng giữa chừng vì lỗi, các hồ sơ đã nhập vẫn còn")
        return False

    def _end(self, text: str) -> None:
        left_out = len(self.refused)
        self.ended.emit(f"{text}: {self._imported} hồ sơ mới, {self._already} dòng đã có, {left_out} dòng bị bỏ.")
