"""The verb that makes an office."""

import argparse
from pathlib import Path

from app.cli.context import CliContext
from app.cli.files import read_table
from app.cli.output import print_json, print_line
from app.cli.secrets import PASSWORD, with_password
from app.cli.training import DEMO_OFFICE
from app.models.errors import Refusal
from app.wording.recovery_page import recovery_lines


def init(args: argparse.Namespace, as_json: bool, context: CliContext, folder: Path) -> int:
    """Make an office from its file, or an invented one for training."""
    if args.demo:
        text = DEMO_OFFICE
    elif args.office is not None:
        text = read_table(Path(args.office))
    else:
        raise Refusal("office_file_absent", "office")
    pretend = getattr(args, "now", None)
    training = args.demo or args.training
    if pretend is not None and not training:
        raise Refusal("pretend_time", "now")
    office, new_office = with_password(
        context, PASSWORD, lambda secret: context.create_office(folder, text, training, pretend, secret)
    )
    if args.demo:
        from app.cli.demo import fill_with_sample_work

        fill_with_sample_work(context, folder, pretend)
    answer = {
        "office": office.name,
        "agency_code": office.agency_code,
        "workstation": office.workstation,
        "training": training,
        "procedures": new_office.procedures,
    }
    if new_office.recovery_key:
        answer["recovery_key"] = new_office.recovery_key
    if as_json:
        print_json(answer)
    else:
        print_line(
            f"Đã lập {'cơ quan tập huấn' if training else 'cơ quan'} {office.name} ({office.agency_code}), "
            f"quầy {office.workstation}, {new_office.procedures} thủ tục, tại {folder}."
        )
        for line in recovery_lines(new_office.recovery_key):
            print_line(line)
    return 0
