"""Which paper goes to which printer, kept with this machine's window: printer, paper and copies per form, and the
thermal printers of the network, which no system knows."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QSettings

from app.models.enums import ListForm, PaperForm, PaperSize

MAX_COPIES = 9
ROLL_FORMS = frozenset({PaperForm.RECEIPT, PaperForm.BATCH, PaperForm.SUPPLEMENT_RECEIPT})
"""What a citizen takes home; everything else has no 80 mm layout."""

_TWO_COPY_FORMS = frozenset({PaperForm.RECEIPT, PaperForm.BATCH, PaperForm.SUPPLEMENT_RECEIPT})
_SCHEME = "tcp://"
_RAW_PORT = 9100
"""Where printers of the network take what they are to print as it is."""


@dataclass(frozen=True)
class FormPreference:
    """How one form is printed here. `printer` is empty for the usual one."""

    printer: str
    paper: PaperSize
    copies: int


class PrintPreferences:
    """The choices of this machine, over the window's settings. What was spoilt in the file reads as never chosen."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def default_printer(self) -> str:
        """The printer for whatever has none of its own; empty for the system's own."""
        return str(self._settings.value("printer", ""))

    def set_default_printer(self, name: str) -> None:
        """Chooses the usual printer."""
        self._settings.setValue("printer", name)

    def for_form(self, form: PaperForm) -> FormPreference:
        """How a form is printed."""
        printer, paper, copies = (
            str(self._settings.value(f"prints/{form}/{part}", "")) for part in ("printer", "paper", "copies")
        )
        number = int(copies) if copies.isascii() and copies.isdigit() else 0
        copies_wanted = number if 1 <= number <= MAX_COPIES else default_copies(form)
        if is_network(printer):
            rolls = form in ROLL_FORMS and printer in self.network_printers
            printer, paper = (printer, PaperSize.ROLL_80.value) if rolls else ("", paper)
        return FormPreference(printer, PaperSize(paper) if paper in paper_sizes(form) else PaperSize.A5, copies_wanted)

    def set_form(self, form: PaperForm, choice: FormPreference) -> None:
        """Chooses how a form is printed."""
        for part in ("printer", "paper", "copies"):
            self._settings.setValue(f"prints/{form}/{part}", str(getattr(choice, part)))

    def printer_for(self, form: PaperForm | ListForm, paper: PaperSize) -> str:
        """The printer wished for a form laid out on this paper, empty for the system's own: a roll's printer takes
        nothing else."""
        own = self.for_form(form).printer if isinstance(form, PaperForm) else ""
        return self.default_printer if is_network(own) and paper != PaperSize.ROLL_80 else own or self.default_printer

    @property
    def network_printers(self) -> tuple[str, ...]:
        """Thermal printers of the network, as `tcp://HOST:PORT`."""
        kept = str(self._settings.value("prints/network", "")).split()
        return tuple(each for each in kept if parse_network_printer(each) == each)

    def save_network_printers(self, printers: tuple[str, ...]) -> None:
        """Keeps which there are."""
        self._settings.setValue("prints/network", " ".join(printers))


def default_copies(form: PaperForm) -> int:
    """Copies of a form where none were chosen: of what a citizen takes home one stays."""
    return 2 if form in _TWO_COPY_FORMS else 1


def paper_sizes(form: PaperForm) -> tuple[str, ...]:
    """Paper a form is laid out for."""
    flat = (PaperSize.A5.value, PaperSize.A4.value)
    return (*flat, PaperSize.ROLL_80.value) if form in ROLL_FORMS else flat


def parse_network_printer(typed: str) -> str:
    """A thermal printer's address as `tcp://HOST:PORT`, 9100 where no port was typed; empty for what is no address."""
    text = typed.strip().removeprefix(_SCHEME)
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port or _RAW_PORT
    except ValueError:
        return ""
    plain = host and parts.netloc == text and "@" not in text and not any(each.isspace() for each in text)
    return f"{_SCHEME}{f'[{host}]' if ':' in host else host}:{port}" if plain else ""


def is_network(printer: str) -> bool:
    """Whether a printer is reached over the network without the system."""
    return printer.startswith(_SCHEME)


def network_address(printer: str) -> tuple[str, int]:
    """Host and port of a network printer."""
    parts = urlsplit(printer)
    return parts.hostname or "", parts.port or _RAW_PORT


def printer_label(printer: str) -> str:
    """A printer by the name a person knows it by."""
    return f"Máy in nhiệt {printer.removeprefix(_SCHEME)}" if is_network(printer) else printer


def paper_label(paper: str) -> str:
    """A size as it is said."""
    return "80 mm" if paper == PaperSize.ROLL_80.value else str(paper)
