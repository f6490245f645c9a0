"""Each use case declares its right and refuses users without it."""

import ast
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import app.usecases
from app.models.enums import Action, Right, Role
from app.models.errors import Refusal
from app.models.rights import RIGHT_BY_ACTION, rights_of
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import ShowDossier
from app.services.permissions import DECLARED_RIGHT
from app.storage.uow import reading, writing
from app.usecases.accounts.access_log import open_dossier
from app.usecases.accounts.users import AddUser, DisableUser, add_user, disable_user
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.dossiers.scans import ReadScan, read_scan_text
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, desk_session, machine_now

APP = Path(app.usecases.__file__ or "").resolve().parents[1]
UseCase = Callable[[Any, Context, Any], Any]


def use_cases() -> Iterator[tuple[str, UseCase]]:
    """Yield the public functions with a command, context and unit of work."""
    for info in pkgutil.walk_packages(app.usecases.__path__, "app.usecases."):
        module = import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parts = list(inspect.signature(function).parameters)
            if function.__module__ == module.__name__ and not name.startswith("_") and parts[1:] == ["context", "work"]:
                yield f"{info.name.removeprefix('app.usecases.')}.{name}", function


USE_CASES = dict(use_cases())
GUARDED = sorted(
    name for name, function in USE_CASES.items() if isinstance(getattr(function, DECLARED_RIGHT, None), Right)
)


def test_use_cases_are_collected() -> None:
    assert len(USE_CASES) > 40


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_every_use_case_declares_its_right(name: str) -> None:
    declared = getattr(USE_CASES[name], DECLARED_RIGHT, None)
    assert isinstance(declared, Right) or callable(declared) or (isinstance(declared, str) and len(declared) > 10), (
        f"{name}: put @requires(Right.…) above it, or @public with the reason"
    )


@pytest.mark.parametrize("name", GUARDED)
def test_user_without_right_is_refused_before_any_read(name: str, office: Desk) -> None:
    """The command is None because the guard refuses before it is read."""
    use_case = USE_CASES[name]
    right = getattr(use_case, DECLARED_RIGHT)
    facts = office.office.facts
    for role in Role:
        context = Context(MORNING, role_holder(role), facts.office, True)
        with writing(office.office._database) as work:
            if right in rights_of([role]):
                continue
            with pytest.raises(Refusal) as refused:
                use_case(None, context, work)
        assert refused.value.code == "not_your_right" and refused.value.values["right"] == right


def role_holder(role: Role) -> str:
    return f"Người {role.value}"


@pytest.fixture(scope="module")
def office(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Open a training office with one user of each role."""
    folder = tmp_path_factory.mktemp("roles") / "office"
    shutil.copytree(office_templates[True], folder)
    with desk_session(folder) as desk:
        for role in Role:
            desk.office.write(add_user, AddUser(role_holder(role), role), MORNING)
        desk.take_in()
        yield desk


def as_role(office: Desk, role: Role, use_case: UseCase, command: Any) -> Any:
    context = Context(MORNING, role_holder(role), office.office.facts.office, True)
    with reading(office.office._database) as work:
        return use_case(command, context, work)


@pytest.mark.parametrize("action", [action for action in Action if action != Action.INTAKE])
@pytest.mark.parametrize("role", Role)
def test_each_role_may_use_its_own_actions_only(office: Desk, role: Role, action: Action) -> None:
    """A permitted action fails on the unknown dossier, another on the right."""
    with pytest.raises(Refusal) as refused:
        as_role(office, role, act_on_dossier, ActOnDossier("không có", action))
    expected = "dossier_unknown" if RIGHT_BY_ACTION[action] in rights_of([role]) else "not_your_right"
    assert refused.value.code == expected


def test_kiosk_gets_a_masked_name(office: Desk) -> None:
    (code,) = (row[0] for row in office.rows("SELECT code FROM dossier"))
    result = as_role(office, Role.KIOSK, read_scan_text, ReadScan(code))
    assert result.line.name == "Đ… T… Ẫ…" and result.line.code == code
    assert as_role(office, Role.CLERK, read_scan_text, ReadScan(code)).line.name == "Đào Thị Ẫm"
    with pytest.raises(Refusal):
        as_role(office, Role.KIOSK, open_dossier, ShowDossier(code))


def test_auditor_may_call_no_writing_use_case() -> None:
    """A use case for auditors writes at most an entry of the access log."""
    rights = rights_of([Role.AUDITOR])
    for name, use_case in USE_CASES.items():
        writes = "Writing" in str(inspect.signature(use_case).parameters["work"].annotation)
        if writes and getattr(use_case, DECLARED_RIGHT, None) in rights:
            assert name in {"accounts.access_log.open_dossier", "documents.print_queue.preview_paper"}, name


def test_disabled_or_unknown_user_is_refused_at_once(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write(add_user, AddUser("Lê Văn Hai", Role.CLERK, secret=PASSWORD))
        facts = desk.office.facts
        for actor, code in (("Lê Văn Hai", None), ("Ai Đó", "user_disabled"), ("", "not_signed_in")):
            context = Context(machine_now(), actor, facts.office, False)
            with reading(desk.office._database) as work:
                if code is None:
                    assert read_scan_text(ReadScan("x"), context, work).kind == "stranger"
                    continue
                with pytest.raises(Refusal) as refused:
                    read_scan_text(ReadScan("x"), context, work)
                assert refused.value.code == code
        desk.office.write(disable_user, DisableUser("Lê Văn Hai"))
        with reading(desk.office._database) as work, pytest.raises(Refusal, match="user_disabled"):
            read_scan_text(ReadScan("x"), Context(machine_now(), "Lê Văn Hai", facts.office, False), work)


def test_window_and_cli_open_dossiers_with_access_record() -> None:
    for path in [*(APP / "ui").rglob("*.py"), *(APP / "cli").rglob("*.py")]:
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert "dossier_detail" not in names, path
