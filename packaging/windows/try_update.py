"""Update as the office page (F8) does; run by CPython under wine.

`python.exe try_update.py PROGRAM PACKAGES FILE USER`: the folders of the installed program, the installer, a user of
the default office whose password is in MOTCUA_PASSWORD. A refusal is printed by its code.
"""

import os
import sys
from pathlib import Path


def main(file: Path, user: str) -> int:
    """Verify the file, back up, copy the office, and hand over to the starter."""
    from app.bootstrap import default_folder, open_office
    from app.models.errors import Fault, Refusal
    from app.office.update.start import hand_over, read_update
    from app.resource_files import RESOURCES

    folder = default_folder()
    try:
        update = read_update(file, RESOURCES)
        office = open_office(folder, user, password=os.environ["MOTCUA_PASSWORD"])
        try:
            office.plan_update(update)
            office.begin_update()
        finally:
            office.close()
        if office.planned_update is None:
            raise SystemExit("no planned update")
        hand_over(office.planned_update, folder, user)
    except (Refusal, Fault) as error:
        print(error.code, dict(error.values))
        return 1
    return 0


if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:3]
    sys.exit(main(Path(sys.argv[3]), sys.argv[4]))
