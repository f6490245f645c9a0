"""Document model of a report: the one result type of every table.

JSON, Excel, Word, PDF, the window and the command line are all drawn from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Value = str | int | float | bool | date | datetime | None
"""Content of a cell; an instant is aware."""
Row = Mapping[str, Value]
"""One line of a table: values by column key. Keys without a column are for JSON only."""
UNLISTED = "unlisted"
"""Key of a row that adds several others, so that its dossiers are not listed."""


class ColumnKind(StrEnum):
    """Kind of a column, which decides alignment and number format.

    `percent` is cut off after two decimals, `decimal` has one. `figure` has counts and decimals beside each other.
    """

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DAY = "day"
    INSTANT = "instant"
    FIGURE = "figure"


@dataclass(frozen=True)
class ReportColumn:
    """A column of a section.

    `groups` are the headings above `heading`, the outermost first. `width` is in characters. `definition` is how the
    column is counted. With `listed` its dossiers can be listed by the column's key.
    """

    key: str
    heading: str
    kind: ColumnKind = ColumnKind.COUNT
    groups: tuple[str, ...] = ()
    width: float = 10
    definition: str = ""
    listed: bool = False


@dataclass(frozen=True)
class ReportSection:
    """One table of a report.

    `key` is its key in JSON. `tab` is its sheet name. `numbered` adds a column TT and, with `indexed`, a line of column
    numbers. `scope` is the column whose value limits the list of dossiers of a row, `detail` a second one. A row whose
    `key` is in `opened` lists the dossiers of that figure. `empty` replaces a table without rows.
    """

    key: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    title: str = ""
    tab: str = ""
    numbered: bool = True
    indexed: bool = False
    scope: str = ""
    detail: str = ""
    opened: frozenset[str] = frozenset()
    empty: str = ""


@dataclass(frozen=True)
class ReportRatio:
    """A ratio with its definition: `part` of `whole`, None in an empty whole."""

    key: str
    name: str
    part: int
    whole: int
    definition: str

    @property
    def percent(self) -> float | None:
        """The ratio in percent, cut off after two decimals and never rounded up."""
        return self.part * 10_000 // self.whole / 100 if self.whole else None


@dataclass(frozen=True)
class ReportFact:
    """A single figure of a report with its label.

    With `listed` its dossiers can be listed by its key.
    """

    key: str
    name: str
    value: Value
    kind: ColumnKind = ColumnKind.COUNT
    listed: bool = False


@dataclass(frozen=True)
class ReportCheck:
    """Identity that does not hold in a row, with both values."""

    identity: str
    row: str
    expected: int
    actual: int


@dataclass(frozen=True)
class ReportText:
    """A text block of a narrative report.

    `level` 1 and 2 are headings, 0 is a paragraph. `blank` marks a text that the office still has to write.
    """

    text: str
    level: int = 0
    blank: bool = False


@dataclass(frozen=True)
class ReportIssuer:
    """The office of a report: heading, place and date line, signer.

    `day` is the day of the printed report. `training` prints MẪU.
    """

    parent: str = ""
    unit: str = ""
    centre: str = ""
    place: str = ""
    day: date | None = None
    signer: str = ""
    training: bool = False


@dataclass(frozen=True)
class ReportPeriod:
    """Figures of another period beside those of the report.

    `facts` are its single figures, `answer` the JSON of a report that has keys of its own.
    """

    first: date
    last: date
    rows: tuple[Row, ...]
    total: Row | None
    facts: tuple[ReportFact, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A report of a period, both days included.

    `form` is the number of the official form. `unit` is the unit of its figures. `answer` replaces the usual JSON of a
    report whose keys are older than this type. `previous` and `last_year` are set on request. `subtitle` replaces the
    line with the period. `fact_heads` are the headings over `facts`. `number` is the number of an official letter.
    `paper` is `A4`, `A5` or `A3`.
    """

    name: str
    title: str
    first: date
    last: date
    sections: tuple[ReportSection, ...]
    form: str = ""
    unit: str = ""
    facts: tuple[ReportFact, ...] = ()
    ratios: tuple[ReportRatio, ...] = ()
    notes: tuple[str, ...] = ()
    checks: tuple[ReportCheck, ...] = ()
    texts: tuple[ReportText, ...] = ()
    warnings: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    answer: Mapping[str, Any] | None = None
    issuer: ReportIssuer = field(default_factory=ReportIssuer)
    previous: ReportPeriod | None = None
    last_year: ReportPeriod | None = None
    signed: bool = True
    subtitle: str = ""
    fact_heads: tuple[str, str] = ("Số liệu", "Số lượng")
    number: str = ""
    paper: str = "A4"

    @property
    def table(self) -> ReportSection:
        """The first section, the main table."""
        return self.sections[0]

    @property
    def definitions(self) -> Mapping[str, str]:
        """Definitions by the key of their column."""
        columns: Sequence[ReportColumn] = [column for section in self.sections for column in section.columns]
        return {column.key: column.definition for column in columns if column.definition}
