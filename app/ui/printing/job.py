"""A print job, its outcome and the short names of papers."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from app.models.enums import ListForm, PaperForm
from app.wording.status import form_name

if TYPE_CHECKING:
    from app.services.documents.prepared import PreparedDocument
    from app.usecases.documents.cash_sheet import PreparedCash
    from app.usecases.documents.print_queue import RenderedDocument
    from app.usecases.documents.register import PreparedRegister
    from app.usecases.intake.preprinted import PreprintedBatch

_SHORT_NAMES: dict[PaperForm | ListForm, str] = {
    PaperForm.RECEIPT: "giấy tiếp nhận",
    PaperForm.BATCH: "giấy tiếp nhận chung",
    PaperForm.CONTROL: "phiếu kiểm soát",
    PaperForm.SUPPLEMENT: "phiếu yêu cầu bổ sung",
    PaperForm.SUPPLEMENT_RECEIPT: "giấy xác nhận nhận bổ sung",
    PaperForm.REFUSAL: "phiếu từ chối",
    PaperForm.PAYMENT: "thông báo nộp phí",
    PaperForm.APOLOGY: "văn bản xin lỗi",
    PaperForm.STOP: "thông báo dừng giải quyết",
    PaperForm.HANDOVER: "phiếu bàn giao",
    PaperForm.HANDOVER_LIST: "phiếu bàn giao chung",
    PaperForm.RETURN: "giấy biên nhận trả kết quả",
    PaperForm.FEE: "biên lai thu phí",
    ListForm.REGISTER: "sổ theo dõi",
    ListForm.CASH: "bảng kê thu",
    ListForm.BLANKS: "biên nhận in sẵn",
}


SLIP_NAME = "phiếu thu phí"
"""Name of the paper of a payment when receipts are electronic."""


def short_name(form: PaperForm | ListForm, title: str = "") -> str:
    """Return the name of a document within a sentence.

    `title` is that of a form without another name.
    """
    return title[:1].lower() + title[1:] or _SHORT_NAMES.get(form, f"mẫu «{form}»")


class PrintJob(NamedTuple):
    """A document with finished pages.

    Its copies are recorded, or it is only rendered for preview.
    An `unrecorded` one is about many dossiers and not in the print journal. Copies of a `handed` one were recorded as
    handed over when they were prepared.
    """

    code: str
    prepared: "PreparedDocument | RenderedDocument | PreparedRegister | PreparedCash | PreprintedBatch"
    unrecorded: bool = False
    handed: bool = False

    @property
    def print_ids(self) -> tuple[int, ...]:
        """Print ids of its copies in the print journal; none for a preview."""
        return tuple(getattr(self.prepared, "print_ids", ()))

    @property
    def form(self) -> PaperForm | ListForm:
        """The form of the document."""
        return self.prepared.form

    @property
    def title(self) -> str:
        """The official title of the document."""
        return form_name(self.form, self._own_title)

    @property
    def name(self) -> str:
        """The name of the document within a sentence."""
        return short_name(self.form, self._own_title)

    @property
    def _own_title(self) -> str:
        return str(getattr(self.prepared, "title", ""))

    @property
    def job_name(self) -> str:
        """Name in the spooler, in ASCII; empty if unrecorded.

        It identifies the same copies after a restart.
        """
        return job_name(self.code, PaperForm(self.form), self.print_ids) if self.print_ids else ""


def job_name(code: str, form: PaperForm, print_ids: tuple[int, ...]) -> str:
    """Return the spooler name of a job by its copies in the print journal."""
    return f"{code} {PaperForm(form)} {'-'.join(map(str, print_ids))}"


class PrintOutcome(StrEnum):
    """Outcome of handing a job to a printer.

    A job without a printer, or with one that does not answer, waits in the queue.
    """

    PRINTED = "printed"
    FAILED = "failed"
    NO_PRINTER = "no_printer"
    UNREACHED = "unreached"


class PrintHandoff(NamedTuple):
    """Outcome of a job with its printer and the job number in the spooler.

    `number` is 0 for a job the spooler does not know, None where no spooler can be queried.
    """

    outcome: PrintOutcome
    printer: str = ""
    number: int | None = None
