"""Names are sorted by one key function, in code and in SQL."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, relative

_KEYS = re.compile(r"\b(vietnamese_key|in_order)\b")
_SQL = re.compile(r"ORDER BY [^\"]*\b(name|applicant_name|holder|title)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"order_by\([^()]*\.c\.(name|applicant_name|holder|title|field)\b")
_OTHER_REASONS = {
    "hub/storage/senders.py": "agency codes; the name decides between two senders of one agency",
    "hub/storage/figures.py": "sums that figures_06a.py puts in order",
    "hub/storage/accounts.py": "the order in which rows are locked",
}
"""Statements whose order by a name is never shown."""

_WITHOUT_LISTS = (
    "app/printing/",
    "app/sheets/",
    "app/sync/",
    "app/machine/",
    "app/storage/reporting/",
    "app/settings.py",
)
"""Packages that draw, read or send rows in the order in which they come."""

OTHER_VALUES = """
1 app/cli/commands/foreign_tables.py
2 app/models/calendar.py
1 app/models/catalogue.py
1 app/models/codes.py
3 app/models/forms/library.py
1 app/models/forms/scope.py
1 app/models/forms/sets.py
1 app/models/law/conditions.py
1 app/models/law/reliefs.py
1 app/models/lifecycle.py
1 app/models/queue/pace.py
1 app/models/satisfaction.py
1 app/models/transitions.py
1 app/models/values/holders.py
1 app/office/guide/founding.py
1 app/office/exchange/package_fetch.py
1 app/office/sms_round.py
1 app/services/calendar.py
3 app/services/catalogue/importing.py
1 app/services/catalogue/later_versions.py
1 app/services/documents/batch.py
1 app/services/documents/prepared.py
1 app/services/dossier_detail.py
2 app/services/foreign_tables/nested_totals.py
1 app/services/foreign_tables/reconcile.py
2 app/services/integrity/dossiers.py
3 app/services/law/counter.py
3 app/services/law_packages/applying.py
1 app/services/law_packages/content.py
1 app/services/law_packages/drafting.py
2 app/services/law_packages/offered.py
1 app/services/law_packages/touched.py
1 app/services/register_import/entries.py
1 app/services/register_import/procedures.py
3 app/services/reporting/fees.py
2 app/services/reporting/report_certified.py
2 app/services/reporting/report_late.py
1 app/services/reporting/report_trim.py
1 app/storage/fees.py
2 app/storage/files/backup_locations.py
1 app/storage/rollback_guard.py
1 app/ui/admin/calendar_page.py
1 app/ui/citizens/feedback.py
1 app/ui/devices/serial_port.py
1 app/ui/dossier/actions.py
1 app/ui/guide/printers_page.py
1 app/ui/guide/scanner_page.py
1 app/ui/kit/column_widths.py
1 app/ui/kit/fonts.py
1 app/ui/kit/columns.py
1 app/ui/kit/style.py
1 app/ui/kit/tables.py
1 app/ui/printing/printer.py
1 app/ui/reports/foreign_page.py
1 app/ui/rules/fields.py
1 app/usecases/catalogue/calendar.py
2 app/usecases/catalogue/editing.py
2 app/usecases/catalogue/procedures.py
1 app/usecases/catalogue/publishing.py
2 app/usecases/documents/print_queue.py
1 app/usecases/documents/register.py
1 app/usecases/dossiers/due_board.py
2 app/usecases/dossiers/queries.py
2 app/usecases/law/counter_rules.py
1 app/usecases/law/packages.py
1 app/usecases/office/form_sets.py
2 app/usecases/office/integrity.py
2 app/usecases/office/office_file_audit.py
1 app/usecases/reporting/dossier_lists.py
1 app/usecases/sms/outbox.py
1 app/wording/rules/changes.py
1 hub/ingest/stick.py
1 hub/page/figures.py
1 hub/page/packages.py
1 hub/page/troubles.py
1 hub/reports/figures_06a.py
1 hub/storage/accounts.py
1 hub/storage/dossiers.py
1 hub/trial/postgres.py
"""
"""Sorts of other values by module: codes, days, numbers, row ids, files, keys of settings and ranks.

A new sort of names or titles takes `vietnamese_key`; a new sort of other values is counted here.
"""


def _sources() -> list[Path]:
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "hub").rglob("*.py")]
    return [file for file in files if "migrations" not in file.parts and not relative(file).startswith(_WITHOUT_LISTS)]


def _is_sort(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    return (isinstance(node.func, ast.Name) and node.func.id == "sorted") or (
        isinstance(node.func, ast.Attribute) and node.func.attr == "sort"
    )


def sorts_without_key(source: str) -> int:
    """Return the number of sorts that do not use the key function."""
    calls = (node for node in ast.walk(ast.parse(source)) if _is_sort(node))
    return sum(_KEYS.search(ast.unparse(call)) is None for call in calls)


def test_sorts_of_names_use_the_key_function() -> None:
    counted = Counter({str(file.relative_to(ROOT)): sorts_without_key(file.read_text("utf-8")) for file in _sources()})
    listed = {module: int(number) for number, module in map(str.split, OTHER_VALUES.strip().splitlines())}
    assert {module: number for module, number in counted.items() if number > listed.get(module, 0)} == {}


def test_statements_order_by_no_name() -> None:
    faults = []
    for file in _sources():
        text, name = file.read_text("utf-8"), str(file.relative_to(ROOT))
        if name not in _OTHER_REASONS:
            faults += [(name, match[0]) for pattern in (_SQL, _CLAUSE) for match in pattern.finditer(text)]
    assert faults == []


@pytest.mark.parametrize("line", ["sorted(names)", "rows.sort(key=lambda row: row.name)"])
def test_new_sort_is_noticed(line: str) -> None:
    assert sorts_without_key(line) == 1
    assert sorts_without_key("sorted(names, key=vietnamese_key)") == 0
