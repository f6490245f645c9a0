"""Table of roles and rights, checked by every use case.

A user may have several roles. In an office with one clerk the first user has all rights of an ordinary day.
"""

from collections.abc import Iterable, Mapping

from app.models.enums import Action, Right, Role

_C, _O, _K, _H = Role.CLERK, Role.OFFICER, Role.CASHIER, Role.HEAD
_ADMIN, _AUDIT, _KIOSK = Role.ADMINISTRATOR, Role.AUDITOR, Role.KIOSK
_STAFF = frozenset((_C, _O, _K, _H))

EVERYDAY_ROLES = (Role.CLERK, Role.OFFICER, Role.CASHIER, Role.HEAD)
"""Roles of the first user besides administrator, so that an office with one clerk can work."""

ROLES_BY_RIGHT: Mapping[Right, frozenset[Role]] = {
    Right.ASK_STATUS: _STAFF | {_AUDIT, _KIOSK},
    Right.ASK_OFFICE: _STAFF | {_ADMIN, _AUDIT},
    Right.READ_LISTS: _STAFF | {_AUDIT},
    Right.OPEN_SHEET: _STAFF | {_AUDIT},
    Right.FIND_PEOPLE: frozenset((_C, _AUDIT)),
    Right.READ_FIGURES: _STAFF | {_ADMIN, _AUDIT},
    Right.SERVE_CITIZEN: _STAFF | {_KIOSK},
    Right.TAKE_IN: frozenset((_C,)),
    Right.MOVE: frozenset((_C, _O, _H)),
    Right.ASK_SUPPLEMENT: frozenset((_C, _O)),
    Right.SUPPLEMENT: frozenset((_C,)),
    Right.REFUSE: frozenset((_O, _H)),
    Right.STOP: frozenset((_C, _O, _H)),
    Right.APOLOGISE: frozenset((_O, _H)),
    Right.FINISH: frozenset((_C, _O, _H)),
    Right.RETURN: frozenset((_C,)),
    Right.AMEND: frozenset((_C, _O)),
    Right.PAY: frozenset((_C, _K)),
    Right.VOID: frozenset((_C, _H)),
    Right.UNDO: _STAFF,
    Right.PRINT: _STAFF,
    Right.SEND_UP: frozenset((_C, _H, _ADMIN)),
    Right.BACK_UP: _STAFF | {_ADMIN},
    Right.RESTORE: frozenset((_H, _ADMIN)),
    Right.CONFIRM_CLOCK: _STAFF | {_ADMIN},
    Right.VOUCH: _STAFF | {_ADMIN},
    Right.EDIT_OFFICE: frozenset((_H, _ADMIN)),
    Right.SEE_USERS: frozenset((_H, _ADMIN, _AUDIT)),
    Right.EDIT_USERS: frozenset((_ADMIN,)),
    Right.READ_TRAIL: frozenset((_H, _AUDIT)),
    Right.FEEDBACK: frozenset((_C, _H)),
    Right.EDIT_KEYS: frozenset((_H, _ADMIN)),
    Right.EXPORT_PEOPLE: frozenset((_C, _H)),
    Right.EDIT_REPORTS: frozenset((_C, _O, _H)),
}
"""Roles of each right; `docs/administrator.md` shows the table and a test compares both."""

RIGHT_BY_ACTION: Mapping[Action, Right] = {
    Action.INTAKE: Right.TAKE_IN,
    Action.RESTATE: Right.SEND_UP,
    Action.SEND: Right.MOVE,
    Action.RECEIVE: Right.MOVE,
    Action.TAKE_BACK: Right.MOVE,
    Action.ASK_SUPPLEMENT: Right.ASK_SUPPLEMENT,
    Action.SUPPLEMENT: Right.SUPPLEMENT,
    Action.ASK_PAYMENT: Right.ASK_SUPPLEMENT,
    Action.REFUSE: Right.REFUSE,
    Action.STOP: Right.STOP,
    Action.WITHDRAW: Right.STOP,
    Action.CLOSE: Right.STOP,
    Action.APOLOGISE: Right.APOLOGISE,
    Action.FINISH: Right.FINISH,
    Action.RETURN: Right.RETURN,
    Action.AMEND: Right.AMEND,
    Action.PAY: Right.PAY,
    Action.REFUND: Right.PAY,
    Action.VOID: Right.VOID,
    Action.UNDO: Right.UNDO,
}
"""Right that an action on a dossier requires."""


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return the rights of a user with these roles."""
    held = frozenset(roles)
    return frozenset(right for right, allowed in ROLES_BY_RIGHT.items() if allowed & held)
