"""The command `init`, which creates an office."""

from pathlib import Path

from app.cli.files import read_table
from app.cli.output import print_json, print_line, warn
from app.cli.request import CliRequest, Command
from app.cli.secrets import PASSWORD, with_password
from app.cli.training import DEMO_OFFICE
from app.models.errors import Refusal
from app.services.office_file import ignored_lines
from app.wording.documents.recovery_page import recovery_lines


def init(request: CliRequest) -> int:
    """Create an office from its file, or a training office."""
    args, context, pretended_now = request.args, request.context, request.pretended_now
    text = _office_text(request)
    training = args.demo or args.training
    if pretended_now is not None and not training:
        raise Refusal("pretend_time", "now")
    office, new_office = with_password(
        context,
        PASSWORD,
        lambda password: context.create_office(request.folder, text, training, pretended_now, password),
    )
    for line in ignored_lines(office):
        warn(line)
    if args.demo:
        from app.cli.commands.demo import fill_with_sample_work

        fill_with_sample_work(context, request.folder, pretended_now)
    answer = {
        "office": office.name,
        "agency_code": office.agency_code,
        "workstation": office.workstation,
        "training": training,
        "procedures": new_office.procedures,
    }
    if new_office.recovery_key:
        answer |= {"recovery_key": new_office.recovery_key, "fingerprint": new_office.fingerprint}
    if request.as_json:
        print_json(answer)
    else:
        print_line(
            f"Đã lập {'cơ quan tập huấn' if training else 'cơ quan'} {office.name} ({office.agency_code}), "
            f"quầy {office.workstation}, {new_office.procedures} thủ tục, tại {request.folder}."
        )
        for line in recovery_lines(new_office.recovery_key, new_office.fingerprint):
            print_line(line)
    return 0


def _office_text(request: CliRequest) -> str:
    """Return the text of the office file.

    Raises Refusal `office_file_absent`.
    """
    if request.args.demo:
        return DEMO_OFFICE
    if request.args.office is None:
        raise Refusal("office_file_absent", "office")
    return read_table(Path(request.args.office))


COMMANDS = {"init": Command(init, needs_office=False)}
