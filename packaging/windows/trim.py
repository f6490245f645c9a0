"""What the package leaves out, by rule.

`tests/packaging/test_windows_trim.py` proves that the program imports nothing of it. Each rule is a line of
docs/windows.md.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from windows.layout import BuildError

_P = "Lib/site-packages/"


@dataclass(frozen=True)
class Rule:
    """A kind of file that is left out.

    Patterns are relative to the folder `python`; `*` also matches `/`. `kept` are exceptions.
    """

    name: str
    patterns: tuple[str, ...]
    kept: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Return whether the rule leaves a file out."""
        return _matches(path, self.patterns) and not _matches(path, self.kept)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _below(folder: str, *patterns: str) -> tuple[str, ...]:
    return tuple(f"{_P}{folder}/{pattern}" for pattern in patterns)


RULES = (
    Rule("CPython: search path file that ignores our folders", ("python313._pth",)),
    Rule(
        "CPython: programs and catalogue; the launchers take their place", ("python.exe", "pythonw.exe", "python.cat")
    ),
    Rule("CPython: SQLite with the WAL-reset fault; the program has SQLCipher", ("_sqlite3.pyd", "sqlite3.dll")),
    Rule("CPython: WMI, a slow way to learn the machine's name; `platform` has a second one", ("_wmi.pyd",)),
    Rule(
        "Qt: modules that the window does not use",
        _below("PySide6", "Qt*.pyd", "Qt6*.dll", "pyside6qml*"),
        _below(
            "PySide6",
            *("QtCore.pyd", "QtGui.pyd", "QtWidgets.pyd", "QtPrintSupport.pyd", "QtNetwork.pyd"),
            *("Qt6Core.dll", "Qt6Gui.dll", "Qt6Widgets.dll", "Qt6PrintSupport.dll", "Qt6Network.dll"),
        ),
    ),
    Rule(
        "Qt: folders for developers, for QML and for other languages",
        _below(
            "PySide6",
            *("qml/*", "translations/*", "metatypes/*", "typesystems/*", "resources/*", "include/*", "lib/*", "doc/*"),
            *("glue/*", "scripts/*", "*.lib", "PySide6_Essentials.json"),
        )
        + _below("shiboken6", "*.lib"),
    ),
    Rule("Qt: software OpenGL; the window draws by itself", _below("PySide6", "opengl32sw.dll")),
    Rule(
        "Qt: parts of the C runtime for other modules",
        (f"{_P}*/vcamp140.dll", f"{_P}*/vccorlib140.dll", f"{_P}*/vcomp140.dll", f"{_P}*/concrt140.dll"),
    ),
    Rule(
        "Qt: plugins but the screen, printing, styles and ico, jpeg pictures",
        _below("PySide6", "plugins/*"),
        _below(
            "PySide6/plugins",
            *("platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/*", "printsupport/*"),
            *("imageformats/qico.dll", "imageformats/qjpeg.dll"),
        ),
    ),
    Rule("programs of libraries", (f"{_P}*.exe", f"{_P}bin/*", f"{_P}Scripts/*")),
    Rule("type descriptions", (f"{_P}*.pyi", f"{_P}*/py.typed", f"{_P}*.h", f"{_P}*.pxd", f"{_P}*.pyx", f"{_P}*.c")),
    Rule("lists of installed files, notes for packagers", (f"{_P}*.dist-info/RECORD", f"{_P}*.dist-info/sboms/*")),
    Rule(
        "tests of libraries",
        (f"{_P}*/tests/*", f"{_P}*/test/*", f"{_P}sqlalchemy/testing/*", f"{_P}alembic/testing/*"),
    ),
    Rule(
        "Pillow: pictures the program never reads, colour profiles, fonts",
        _below("PIL", "_avif*.pyd", "_webp*.pyd", "_imagingcms*.pyd", "_imagingft*.pyd"),
    ),
    Rule(
        "lxml: all but its parser, which python-docx uses",
        _below("lxml", "objectify*.pyd", "html/*", "isoschematron/*", "includes/*", "*.pxi"),
    ),
    Rule(
        "python-docx: a template unpacked; it reads the packed one", _below("docx", "templates/default-docx-template/*")
    ),
    Rule("reportlab: its fonts; papers have those of the program", _below("reportlab", "fonts/*")),
    Rule("zstandard: the part for other Pythons", _below("zstandard", "_cffi*.pyd", "backend_cffi.py")),
    Rule(
        "SQLAlchemy: object mapper and extensions but the one that Alembic imports",
        _below("sqlalchemy", "orm/*", "ext/*"),
        _below("sqlalchemy", "ext/__init__.py", "ext/compiler.py"),
    ),
    Rule(
        "qtawesome: its fonts but one",
        _below("qtawesome", "fonts/*"),
        _below("qtawesome", "fonts/materialdesignicons6*"),
    ),
    Rule(
        "stdnum: numbers but the Luhn digit",
        _below("stdnum", "*"),
        _below("stdnum", "__init__.py", "luhn.py", "exceptions.py", "util.py"),
    ),
    Rule(
        "cffi's compiler, which only builds libraries",
        (f"{_P}cffi/*", f"{_P}cffi-*", f"{_P}pycparser/*", f"{_P}pycparser-*"),
    ),
    Rule("barcode's fonts; reportlab draws the bars", _below("barcode", "fonts/*")),
    Rule("libraries' documentation and extra data", (f"{_P}docs/*", f"{_P}share/*", f"{_P}pypdfium2_cli/*")),
)


def rule_of(path: str) -> Rule | None:
    """Return the rule that leaves a file out, or None.

    `path` is relative to the folder `python`, with `/`.
    """
    return next((rule for rule in RULES if rule.covers(path)), None)


def apply(python: Path) -> dict[str, int]:
    """Remove what the rules leave out; return the bytes by rule.

    Raises BuildError for a rule that covers no file, because a library has moved it.
    """
    removed = {rule.name: 0 for rule in RULES}
    for file in sorted(path for path in python.rglob("*") if path.is_file()):
        rule = rule_of(file.relative_to(python).as_posix())
        if rule is not None:
            removed[rule.name] += file.stat().st_size
            file.unlink()
    for folder in sorted((path for path in python.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    idle = [name for name, size in removed.items() if not size]
    if idle:
        raise BuildError(f"rules that cover no file: {', '.join(idle)}")
    return removed
