"""Print preferences of this machine.

They are printer, paper and copies of each form, and the thermal network printers.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from PySide6.QtCore import QSettings

from app.models.enums import ListForm, PaperForm, PaperSize

MAX_COPIES = 9
ROLL_FORMS = frozenset({PaperForm.RECEIPT, PaperForm.BATCH, PaperForm.SUPPLEMENT_RECEIPT})
"""Forms with an 80 mm layout: the receipts for citizens."""

_TWO_COPY_FORMS = frozenset({*ROLL_FORMS, PaperForm.HANDOVER_LIST})
_SCHEME = "tcp://"
_RAW_PORT = 9100
"""TCP port of raw printing (JetDirect)."""


class FormPreference(NamedTuple):
    """How one form is printed; an empty `printer` means the default printer."""

    printer: str
    paper: PaperSize
    copies: int


class PrintPreferences:
    """The print preferences in the settings of the window.

    Invalid values count as not set.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def default_printer(self) -> str:
        """The printer of forms without their own; empty for the system's default."""
        return str(self._settings.value("printer", ""))

    def set_default_printer(self, name: str) -> None:
        """Set the default printer."""
        self._settings.setValue("printer", name)

    def for_form(self, form: PaperForm) -> FormPreference:
        """Return how a form is printed."""
        printer, paper, copies = (
            str(self._settings.value(f"prints/{form}/{key}", "")) for key in ("printer", "paper", "copies")
        )
        number = int(copies) if copies.isascii() and copies.isdigit() else 0
        copy_count = number if 1 <= number <= MAX_COPIES else default_copies(form)
        if is_network(printer):
            rolls = form in ROLL_FORMS and printer in self.network_printers
            printer, paper = (printer, PaperSize.ROLL_80.value) if rolls else ("", paper)
        return FormPreference(
            printer, PaperSize(paper) if paper in paper_sizes(form) else default_paper(form), copy_count
        )

    def chosen(self, form: PaperForm) -> tuple[PaperSize | None, int | None]:
        """Return paper and copies chosen for a form.

        Without a choice they are None, and the form's own apply.
        """
        paper, copies = (str(self._settings.value(f"prints/{form}/{key}", "")) for key in ("paper", "copies"))
        known = self.for_form(form)
        return known.paper if paper or is_network(known.printer) else None, known.copies if copies else None

    def set_form(self, form: PaperForm, choice: FormPreference) -> None:
        """Set how a form is printed."""
        for key in ("printer", "paper", "copies"):
            self._settings.setValue(f"prints/{form}/{key}", str(getattr(choice, key)))

    def printer_for(self, form: PaperForm | ListForm, paper: PaperSize) -> str:
        """Return the printer of a form; empty for the system's default.

        A thermal network printer is used for 80 mm paper only.
        """
        own = self.for_form(form).printer if isinstance(form, PaperForm) else ""
        return self.default_printer if is_network(own) and paper != PaperSize.ROLL_80 else own or self.default_printer

    @property
    def network_printers(self) -> tuple[str, ...]:
        """Thermal printers of the network, as `tcp://HOST:PORT`."""
        addresses = str(self._settings.value("prints/network", "")).split()
        return tuple(address for address in addresses if parse_network_printer(address) == address)

    def save_network_printers(self, printers: tuple[str, ...]) -> None:
        """Save the list of network printers."""
        self._settings.setValue("prints/network", " ".join(printers))


def default_copies(form: PaperForm) -> int:
    """Return the usual number of copies.

    There are two of a citizen's receipt because the office keeps one, and two of a hand-over list, one for each side.
    """
    return 2 if form in _TWO_COPY_FORMS else 1


def default_paper(form: PaperForm) -> PaperSize:
    """Return the usual paper size: A4 of the list, A5 of other forms."""
    return PaperSize.A4 if form == PaperForm.HANDOVER_LIST else PaperSize.A5


def paper_sizes(form: PaperForm) -> tuple[str, ...]:
    """Return the paper sizes a form has layouts for."""
    sheets = (PaperSize.A5.value, PaperSize.A4.value)
    return (*sheets, PaperSize.ROLL_80.value) if form in ROLL_FORMS else sheets


def parse_network_printer(typed: str) -> str:
    """Return a typed address as `tcp://HOST:PORT`.

    The default port is 9100. Empty if the address is invalid.
    """
    text = typed.strip().removeprefix(_SCHEME)
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port or _RAW_PORT
    except ValueError:
        return ""
    plain = host and parts.netloc == text and "@" not in text and not any(character.isspace() for character in text)
    return f"{_SCHEME}{f'[{host}]' if ':' in host else host}:{port}" if plain else ""


def is_network(printer: str) -> bool:
    """Return whether a printer is a thermal network printer."""
    return printer.startswith(_SCHEME)


def network_address(printer: str) -> tuple[str, int]:
    """Return host and port of a network printer."""
    parts = urlsplit(printer)
    return parts.hostname or "", parts.port or _RAW_PORT


def printer_label(printer: str) -> str:
    """Return the name of a printer for the user."""
    return f"Máy in nhiệt {printer.removeprefix(_SCHEME)}" if is_network(printer) else printer


def paper_label(paper: str) -> str:
    """Return a paper size in words."""
    return "80 mm" if paper == PaperSize.ROLL_80.value else str(paper)
