"""The verb that makes an office."""

import argparse
from pathlib import Path

from app.cli.answers import say, say_json
from app.cli.files import read_table
from app.cli.surroundings import Surroundings
from app.models.values import Refusal

DEMO_OFFICE = """\
name = "UBND xã Kiểm Thử"
parent = "UBND tỉnh Mẫu"
province = "Tỉnh Mẫu"
place = "Kiểm Thử"
agency_code = "H29.12"
workstation = 1
address = "Số 1, thôn Đoài, xã Kiểm Thử"
phone = "0200 000 001"
centre = "Trung tâm Phục vụ hành chính công"
slogan = "Hành chính phục vụ"
head = "Lê Văn Mẫu"

[hours]
mon = ["07:30-11:30", "13:30-17:00"]
tue = ["07:30-11:30", "13:30-17:00"]
wed = ["07:30-11:30", "13:30-17:00"]
thu = ["07:30-11:30", "13:30-17:00"]
fri = ["07:30-11:30", "13:30-17:00"]

[admin]
name = "Trần Thị Bình"
"""
"""A training office that is nowhere: its places and people are invented."""


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
    office, founded = surroundings.found(folder, text, training, pretend)
    if asked.demo:
        from app.cli.demo import fill

        fill(surroundings, folder, pretend)
    answer = {"office": office.name, "agency_code": office.agency_code, "workstation": office.workstation,
              "training": training, "procedures": founded.procedures}
    if as_json:
        say_json(answer)
    else:
        say(f"Đã lập {'cơ quan tập huấn' if training else 'cơ quan'} {office.name} ({office.agency_code}), "
            f"quầy {office.workstation}, {founded.procedures} thủ tục, tại {folder}.")
    return 0
