"""What papers about several dossiers say, as plain values (see `documents`)."""

from dataclasses import dataclass, field

from app.printing.parts import FROM_OFFICE, Identity, PaperHead, Party


@dataclass(frozen=True)
class BatchRow:
    """One dossier of several taken in together; `volume` and `serial` are its place in the register, `fee` is None
    where unknown, `return_by` a code of `values.ReturnBy`."""

    code: str
    key: str
    applicant: str
    procedure: str
    due_at: str | None
    due_note: str
    fee: int | None
    return_by: str
    volume: str
    serial: str


@dataclass(frozen=True)
class BatchReceipt:
    """Giấy tiếp nhận nhiều hồ sơ: what one submitter handed in within one visit, from `first_at` to `last_at`."""

    head: PaperHead
    identity: Identity
    submitter: Party
    first_at: str
    last_at: str
    rows: tuple[BatchRow, ...]
    clerk: str
    lookup: str = field(default="", metadata=FROM_OFFICE)
    template: str = "batch/1"

    @property
    def codes(self) -> tuple[str, ...]:
        """Which dossiers it is about."""
        return tuple(row.code for row in self.rows)
