"""Every statement selects the columns of its row type."""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Column, Connection, Label, Select, select

import app.storage
from app.models.enums import Action, Channel, FigureColumn, FigureGroup, PaperForm, PrintStatus, Status
from app.models.mapping import Code, Day, Instant, Json
from app.models.office import User
from app.models.queue.pace import DeskAct
from app.models.values.dossier_filter import DossierFilter
from app.storage import citizen_rows, journal, law, outgoing, prints, received, reporting, rows
from app.storage.database import FILE_NAME, create_database
from app.storage.law import packages as law_packages
from app.storage.law import rules
from app.storage.outgoing import rows as outgoing_rows
from app.storage.prints import rows as print_rows
from app.storage.received import rows as received_rows
from app.storage.reporting import rows as report_rows
from app.storage.reporting.period import FigurePeriod
from app.storage.rows import AccountRolesRow
from app.storage.uow import Reading, writing

NOON = datetime(2026, 2, 12, 5, tzinfo=UTC)
VALUES: Mapping[Any, Any] = {
    str: "x",
    str | None: "x",
    int: 1,
    date: NOON.date(),
    datetime: NOON,
    datetime | None: NOON,
    FigurePeriod: FigurePeriod(NOON.date(), NOON.date(), NOON.date(), NOON),
    Action: Action.SEND,
    PaperForm: PaperForm.RECEIPT,
    FigureColumn: FigureColumn.RESOLVED,
    FigureGroup: FigureGroup.FIELD,
    FigureGroup | None: FigureGroup.FIELD,
    Sequence[int]: [1],
    Sequence[str]: ["x"],
    Sequence[str] | None: ["x"],
    tuple[FigureColumn, ...]: (FigureColumn.RESOLVED,),
    Iterable[int]: [1],
    Sequence[Action]: [Action.SEND],
    bool: True,
    date | None: NOON.date(),
    Sequence[Channel]: [Channel.POST],
    DossierFilter: DossierFilter(Status.PROCESSING, "x", "x", Channel.POST, NOON.date(), NOON.date()),
}
ROW_TYPES = {
    kind
    for module in (rows, citizen_rows, outgoing_rows, print_rows, received_rows, report_rows, rules, law_packages)
    for kind in vars(module).values()
    if inspect.isclass(kind) and hasattr(kind, "_fields")
} | {DeskAct}


class CheckedReading(Reading):
    """A reading unit that compares each statement with its row type."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.seen: set[type] = set()

    def typed_rows(self, make: Callable[..., Any], statement: Any, values: Any = None) -> list[Any]:
        self._check(make, statement)
        return super().typed_rows(make, statement, values)

    def typed_rows_in_turns(self, make: Callable[..., Any], statement: Any, values: Any) -> list[Any]:
        self._check(make, statement)
        return super().typed_rows_in_turns(make, statement, values)

    def typed_row(self, make: Callable[..., Any], statement: Any, values: Any = None) -> Any:
        self._check(make, statement)
        return super().typed_row(make, statement, values)

    def typed_stream(self, make: Callable[..., Any], statement: Any) -> Iterator[Any]:
        self._check(make, statement)
        return super().typed_stream(make, statement)

    def _check(self, make: Callable[..., Any], statement: Select[Any]) -> None:
        row_type: type = make.__self__
        check_columns(row_type, statement)
        self.seen.add(row_type)


def check_columns(row_type: type, statement: Select[Any]) -> None:
    columns = list(statement.selected_columns)
    types = column_types(row_type)
    assert [column.name for column in columns] == [name for name, _ in types]
    for column, (name, hint) in zip(columns, types, strict=True):
        nullable, plain = split_none(hint)
        assert is_of_type(column.type, plain), f"{row_type.__name__}.{name}"
        source = column.element if isinstance(column, Label) else column
        assert nullable or not (isinstance(source, Column) and source.nullable), f"{row_type.__name__}.{name}"


def column_types(row_type: type) -> list[tuple[str, Any]]:
    """Return the fields of a row type with their types, nested rows flattened."""
    fields: list[tuple[str, Any]] = []
    for name, hint in get_type_hints(row_type).items():
        fields += column_types(hint) if hint in ROW_TYPES else [(name, hint)]
    return fields


def split_none(hint: Any) -> tuple[bool, Any]:
    parts = [part for part in get_args(hint) if part is not NoneType]
    return (True, parts[0]) if NoneType in get_args(hint) else (False, hint)


def is_of_type(column_type: Any, hint: Any) -> bool:
    if isinstance(column_type, Json):
        return get_origin(hint) in (get_origin(Mapping[str, Any]), get_origin(Sequence[Any]))
    if isinstance(column_type, Code):
        return hint is column_type.codes
    if isinstance(column_type, (Instant, Day)):
        return hint is (datetime if isinstance(column_type, Instant) else date)
    return hint is column_type.python_type


def public_functions() -> dict[str, Callable[..., Any]]:
    packages = (app.storage, law, outgoing, prints, received, reporting)
    folders = {package.__name__: package.__path__ for package in packages}
    modules = [
        import_module(f"{folder}.{each.name}")
        for folder, path in folders.items()
        for each in pkgutil.iter_modules(path)
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


FUNCTIONS = public_functions()
QUERIES = [name for name, function in FUNCTIONS.items() if get_type_hints(function).get("work") is Reading]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder: Path = tmp_path_factory.mktemp("rows")
    database = create_database(folder / FILE_NAME)
    with writing(database) as work:
        copy = {"form": PaperForm.RECEIPT, "copy": 1, "paper": "A5", "reprint": 0, "status": PrintStatus.PREPARED}
        journal.add_print(work, {**copy, "prepared_at": NOON, "actor": "x", "document": {}})
        work.commit()
    with database.read_engine.connect() as reading:
        yield reading
    database.close()


@pytest.mark.parametrize("name", QUERIES)
def test_statement_selects_columns_of_row_type(name: str, connection: Connection) -> None:
    function, work = FUNCTIONS[name], CheckedReading(connection)
    returned = str(get_type_hints(function)["return"])
    parameters = {each: hint for each, hint in get_type_hints(function).items() if each not in ("work", "return")}
    defaults = {each.name for each in inspect.signature(function).parameters.values() if each.default is not each.empty}
    for omitted in (set(), defaults):
        answer = function(work, **{each: VALUES[hint] for each, hint in parameters.items() if each not in omitted})
        if isinstance(answer, Iterator):
            list(answer)
    assert work.seen == {row_type for row_type in ROW_TYPES if f".{row_type.__name__}" in returned}


def test_no_query_returns_sqlalchemy_row() -> None:
    assert [name for name in QUERIES if "sqlalchemy" in str(get_type_hints(FUNCTIONS[name])["return"])] == []


def test_every_row_type_belongs_to_a_query() -> None:
    returned = " ".join(str(get_type_hints(FUNCTIONS[name])["return"]) for name in QUERIES)
    assert {row_type.__name__ for row_type in ROW_TYPES if f".{row_type.__name__}" not in returned} == set()


@pytest.mark.parametrize(
    "columns", [(User.c.also, User.c.role, User.c.active), (User.c.role, User.c.secret.label("also"), User.c.active)]
)
def test_wrong_order_and_nullable_column_are_detected(columns: tuple[Column[Any], ...]) -> None:
    with pytest.raises(AssertionError):
        check_columns(AccountRolesRow, select(*columns))
