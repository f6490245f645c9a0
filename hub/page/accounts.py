"""The page of the accounts, for administrators."""

from hub.page.site import ADMINISTRATOR, Html, Redirect, Reply, Visit
from hub.passwords import hash_password
from hub.storage import accounts
from hub.storage.receiver import recent_acts, record_act

ADDRESS = "/accounts"
_ACTS = 50
_DIFFERENT = "Hai lần gõ mật khẩu không giống nhau. Quay lại và gõ lại cả hai ô."
_UNKNOWN = "Không có tài khoản này. Mở lại trang «Tài khoản» rồi chọn trong danh sách."
_ROLE = "Chọn một vai trò trong danh sách rồi làm lại."


def all_accounts(visit: Visit) -> Reply:
    """Show every account, and what administrators did last."""
    values = {
        "title": "Tài khoản",
        "rows": accounts.all_accounts(visit.connection),
        "roles": accounts.ROLES,
        "acts": recent_acts(visit.connection, _ACTS),
    }
    return Html("accounts.html", values)


def add(visit: Visit) -> Reply:
    """Add an account.

    Raises Refused `user_name`, `user_exists`, `password_short`.
    """
    name, role = accounts.account_name(visit.form.get("name", "")), visit.form.get("role", "")
    if role not in accounts.ROLES:
        return _refusal(_ROLE)
    if not _is_repeated(visit):
        return _refusal(_DIFFERENT)
    accounts.add_new(visit.connection, name, role, hash_password(visit.form["password"]), visit.now)
    return _done(visit, "users add", name, role)


def reset(visit: Visit) -> Reply:
    """Set a new password, and a role; the account may sign in again.

    Raises Refused `user_last`, `password_short`.
    """
    name, role = visit.form.get("name", ""), visit.form.get("role", "")
    if accounts.account(visit.connection, name) is None:
        return _refusal(_UNKNOWN)
    if role not in accounts.ROLES:
        return _refusal(_ROLE)
    if not _is_repeated(visit):
        return _refusal(_DIFFERENT)
    secret = hash_password(visit.form["password"])
    if role != ADMINISTRATOR:
        accounts.check_other_administrator(visit.connection, name)
    accounts.change(visit.connection, name, secret=secret, role=role, active=True)
    return _done(visit, "users reset", name, role)


def disable(visit: Visit) -> Reply:
    """Disable an account; its sessions end.

    Raises Refused `user_last`.
    """
    name = visit.form.get("name", "")
    if accounts.account(visit.connection, name) is None:
        return _refusal(_UNKNOWN)
    accounts.check_other_administrator(visit.connection, name)
    accounts.change(visit.connection, name, secret=None, role=None, active=False)
    return _done(visit, "users disable", name, None)


def _is_repeated(visit: Visit) -> bool:
    return bool(visit.form.get("password")) and visit.form["password"] == visit.form.get("again")


def _refusal(words: str) -> Html:
    return Html("refusal.html", {"words": words}, 422)


def _done(visit: Visit, act: str, name: str, role: str | None) -> Redirect:
    record_act(visit.connection, visit.now, visit.account, act, name, role)
    return Redirect(ADDRESS)
