"""The command `window`, which also runs when a call names none."""

from app.cli.context import password_of
from app.cli.request import CliRequest, Command


def show_window(request: CliRequest) -> int:
    """Open the window and return its exit status."""
    context = request.context
    restore_first = getattr(request.args, "restore", False)
    return context.show_window(request.folder, request.user, request.pretended_now, password_of(context), restore_first)


COMMANDS = {"window": Command(show_window, needs_office=False)}
