"""The verb that makes an office."""

import argparse
from pathlib import Path

from app.cli.context import Surroundings
from app.cli.files import read_table
from app.cli.output import say, say_json
from app.cli.secrets import PASSWORD, with_password
from app.cli.training import DEMO_OFFICE
from app.models.errors import Refusal
from app.wording.keys import recovery_lines


def init(asked: argparse.Namespace, as_json: bool, surroundings: Surroundings, folder: Path) -> int:
    """Make an office from its file, or an invented one for training."""
    if asked.demo:
        text = DEMO_OFFICE
    elif asked.office is not None:
        text = read_table(Path(asked.office))
    else:
        raise Refusal("office_file_absent", "office")
    pretend = getattr(asked, "now", None)
    training = asked.demo or asked.training
    if pretend is not None and not training:
        raise Refusal("pretend_time", "now")
    office, founded = with_password(
        surroundings, PASSWORD, lambda secret: surroundings.found(folder, text, training, pretend, secret)
    )
    if asked.demo:
        from app.cli.demo import fill

        fill(surroundings, folder, pretend)
    answer = {
        "office": office.name,
        "agency_code": office.agency_code,
        "workstation": office.workstation,
        "training": training,
        "procedures": founded.procedures,
    }
    if founded.recovery_key:
        answer["recovery_key"] = founded.recovery_key
    if as_json:
        say_json(answer)
    else:
        say(
            f"Đã lập {'cơ quan tập huấn' if training else 'cơ quan'} {office.name} ({office.agency_code}), "
            f"quầy {office.workstation}, {founded.procedures} thủ tục, tại {folder}."
        )
        for line in recovery_lines(founded.recovery_key):
            say(line)
    return 0
