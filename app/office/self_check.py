"""Self-check of an installed program on this machine.

Imports, the encrypted database, a document and its codes, fonts and one window are tried in a temporary folder. No
office is needed and none is touched.
"""

import pkgutil
import secrets
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import app
from app.machine.log_file import log_bug
from app.office.session import OfficeSession
from app.storage import database as databases

_CARD_CODES = 3
"""The test card of scanners has more codes than this."""
_MIGRATIONS = "app.storage.migrations"
"""Scripts that Alembic runs by itself; a new database of the check runs all of them."""


@dataclass(frozen=True)
class CheckedPart:
    """A part of the self-check.

    `detail` is empty when it works; else class and place of the error, or what is missing.
    """

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True)
class SelfCheckTools:
    """What the check needs from outside: a training office, and the screen.

    `check_fonts` and `check_window` raise where the machine or the program lacks something.
    """

    make_office: Callable[[Path], OfficeSession]
    check_fonts: Callable[[], None]
    check_window: Callable[[OfficeSession], None]


class SelfCheckError(Exception):
    """A part that ran and gave a wrong result."""


def self_check(tools: SelfCheckTools) -> tuple[CheckedPart, ...]:
    """Run all parts; a part that fails does not keep back the others."""
    with TemporaryDirectory(prefix="motcua-tu-kiem-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        first = (
            _try("imports", check_imports),
            _try("database", partial(check_database, folder / "encrypted")),
            _try("fonts", tools.check_fonts),
        )
        return (*first, *_check_in_office(tools, folder / "office"))


def _check_in_office(tools: SelfCheckTools, folder: Path) -> Iterator[CheckedPart]:
    """Yield the parts that need an office."""
    try:
        office = tools.make_office(folder)
    except Exception as error:  # noqa: BLE001  whatever this machine lacks is the result
        yield from (_failed(name, error) for name in ("document", "window"))
        return
    try:
        yield _try("document", partial(check_document, office))
        yield _try("window", partial(tools.check_window, office))
    finally:
        office.close()


def _try(name: str, part: Callable[[], None]) -> CheckedPart:
    try:
        part()
    except Exception as error:  # noqa: BLE001  whatever this machine lacks is the result
        return _failed(name, error)
    return CheckedPart(name, True)


def _failed(name: str, error: Exception) -> CheckedPart:
    """Return a part with class, file, line and message of its error.

    The log gets no message, because it may name a folder of the account.
    """
    log_bug(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__} ({Path(last.filename).name}:{last.lineno}): {error}"[:300]
    return CheckedPart(name, False, detail)


def check_imports() -> None:
    """Import every module of the program, and with them every library.

    Raises ImportError and what a module raises while it is imported.
    """
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.startswith(_MIGRATIONS):
            import_module(module.name)


def check_database(folder: Path) -> None:
    """Create an encrypted database with the current schema and open it again.

    Raises SelfCheckError for a file that is not encrypted or opens with another key, and what `open_database` raises.
    """
    file, key = folder / databases.FILE_NAME, secrets.token_bytes(32)
    databases.create_database(file, key).close()
    if not databases.is_encrypted(file) or databases.key_fits(file, secrets.token_bytes(32)):
        raise SelfCheckError("the database is not encrypted")
    databases.open_database(file, key).close()


def check_document(office: OfficeSession) -> None:
    """Draw a page with codes, render it and read the codes back.

    Raises SelfCheckError if the page has none, and what drawing raises.
    """
    from app.models.enums import PaperSize
    from app.printing.readback import read_codes
    from app.usecases.office.scanners import ScannerCard, scanner_card

    pages = read_codes(office.read(scanner_card, ScannerCard(PaperSize.A4)))
    if sum(len(page.barcodes) + len(page.qr_codes) for page in pages) < _CARD_CODES:
        raise SelfCheckError("the codes of a printed page cannot be read back")
