"""The commands `users`, `access` and `clock`."""

from app.cli.output import print_json, print_line, print_table, warn
from app.cli.request import CliRequest, Command
from app.cli.secrets import with_new_password
from app.models.enums import Role
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.usecases.accounts.access_log import AccessLine, ListAccess, list_access
from app.usecases.accounts.signin import ChangeOwnSecret, change_own_secret
from app.usecases.accounts.users import (
    AddUser,
    DisableUser,
    ListUsers,
    ResetUser,
    UserLine,
    add_user,
    disable_user,
    list_users,
    reset_user,
)
from app.usecases.office.clock import ClockState, ConfirmDay, GetClockState, get_clock_state
from app.wording.clock import confirmed_line
from app.wording.people import accessed_name, place_name
from app.wording.status import role_name


def users(request: CliRequest) -> int:
    """List, add, disable or reset users, or change the own password."""
    args = request.args
    if args.subcommand == "list":
        return _print_users(request.office.read(list_users, ListUsers()), request.as_json)
    if args.subcommand == "disable":
        lines = request.office.write_password(disable_user, DisableUser(args.name), args.name, "")
        return _print_users(lines, request.as_json)
    if args.subcommand == "password":
        return _change_own_password(request)
    return _print_users(_change_user(request), request.as_json)


def _change_own_password(request: CliRequest) -> int:
    """Change the password of the signed-in user, confirmed by the current one."""
    office, secrets = request.office, request.secrets
    if not secrets.new:
        raise Refusal("secret_new_missing", "new")
    change = ChangeOwnSecret(secrets.own, secrets.new)
    name = office.write_password(change_own_secret, change, office.facts.actor, secrets.new)
    if request.as_json:
        print_json({"name": name, "changed": True})
    else:
        print_line(f"Mật khẩu mới của {name} đã có hiệu lực.")
    return 0


def _change_user(request: CliRequest) -> tuple[UserLine, ...]:
    """Add or reset a user.

    Raises Refusal `secret_needed_here` for a reset without a password where no vault opens the database.
    """
    office, args, password = request.office, request.args, request.secrets.new
    roles = tuple(Role(role) for role in args.role)
    locked_out = not password and _needs_password(office)
    if args.subcommand == "reset":
        if locked_out:
            raise Refusal("secret_needed_here", "new", name=args.name[:60])
        reset = ResetUser(args.name, roles, password)
        return office.write_password(reset_user, reset, args.name, password)
    main, *also = roles or (Role.CLERK,)
    addition = AddUser(args.name, main, tuple(also), password)
    lines = office.write_password(add_user, addition, args.name, password)
    if locked_out:
        warn(f"{args.name} chưa vào được trên máy này (máy không có két khóa): đặt mật khẩu bằng users reset.")
    return lines


def _needs_password(office: OfficeSession) -> bool:
    """Return whether no vault opens the database here.

    Each user needs a password then.
    """
    return office.keys is not None and not office.keys.status(()).vault_opens


def _print_users(lines: tuple[UserLine, ...], as_json: bool) -> int:
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    print_table(("HỌ VÀ TÊN", "VAI TRÒ", ""), [_row(line) for line in lines], (34, 46, 18))
    return 0


def _row(line: UserLine) -> tuple[str, str, str]:
    state = "đã ngừng" if not line.active else "" if line.has_secret else "chưa có mật khẩu"
    return line.name, ", ".join(role_name(role) for role in (line.role, *line.also)), state


def access(request: CliRequest) -> int:
    """Print the access log, newest first."""
    args = request.args
    lines = request.office.read(list_access, ListAccess(args.code, args.name, args.limit))
    if request.as_json:
        for line in lines:
            print_json(line)
        return 0
    print_table(
        ("LÚC", "NGƯỜI", "VIỆC", "HỒ SƠ, TÀI KHOẢN", "TỪ"), [_access_row(line) for line in lines], (16, 26, 20, 24, 8)
    )
    print_line("" if lines else "Chưa có lần truy cập nào được ghi.")
    return 0


def _access_row(line: AccessLine) -> tuple[str, ...]:
    about = line.code or line.about or ""
    return f"{local(line.at):%d/%m/%Y %H:%M}", line.actor, accessed_name(line.what), about, place_name(line.place)


def clock(request: CliRequest) -> int:
    """Print whether the clock is trusted, or confirm the date."""
    args = request.args
    if args.subcommand == "confirm":
        day = args.day or local_day(request.office.now())
        confirmation = ConfirmDay(day, request.second_credentials)
        return _print_clock(request.office.confirm_day(confirmation), request.as_json)
    return _print_clock(request.office.read(get_clock_state, GetClockState()), request.as_json)


def _print_clock(state: ClockState, as_json: bool) -> int:
    if as_json:
        print_json(state)
        return 0
    print_line(state.doubt or "Đồng hồ của máy đáng tin.")
    if state.confirmed:
        print_line(confirmed_line(state.people))
    if state.affected:
        print_line("Hồ sơ nhận khi đồng hồ bị nghi ngờ: " + ", ".join(state.affected))
    return 0


COMMANDS = {
    "users": Command(users, read_secrets=with_new_password),
    "clock": Command(clock),
    "access": Command(access),
}
