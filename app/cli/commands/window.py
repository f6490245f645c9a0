"""The command `window`, which also runs when a call names none."""

from app.cli.context import password_of
from app.cli.request import CliRequest, Command


def show_window(request: CliRequest) -> int:
    """Open the window and return its exit status."""
    context = request.context
    restore_first, file = getattr(request.args, "restore", False), getattr(request.args, "file", None)
    secret = password_of(context)
    return context.show_window(request.folder, request.user, request.pretended_now, secret, restore_first, file)


COMMANDS = {"window": Command(show_window, needs_office=False)}
