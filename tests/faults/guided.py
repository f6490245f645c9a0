"""Fuzzing guided by coverage, where atheris is installed (`pip install motcua[fuzz]`, Linux):
`python -m tests.faults.guided DOOR [libFuzzer options]`, DOOR a name of `tests.faults.inputs` or `scan`. It begins with
good examples; libFuzzer's `cov:` tells how far into the program it came."""

import importlib
import pkgutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["app"]):
    import app

    for each in pkgutil.walk_packages(
        app.__path__, "app."
    ):  # much is read only when it is asked for: too late to watch
        if not each.name.startswith(("app.ui", "app.storage.migrations")):
            importlib.import_module(each.name)
    from app.bootstrap import create_office
    from tests.faults.inputs import SCANS, entry_points, push_input, scan
    from tests.support.offices import CREATED_AT, OFFICE


def main(name: str, options: list[str]) -> None:
    """Push what libFuzzer makes up through one door until it is stopped or something breaks."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "office"
        create_office(folder, OFFICE, True, CREATED_AT)
        ways = entry_points(folder, Path(scratch))

        def one(data: bytes) -> None:
            if name == "scan":
                scan(data.decode("utf-8", "surrogateescape"))
            else:
                push_input(ways[name], data)

        good = Path(scratch) / "good"
        good.mkdir()
        for number, example in enumerate(SCANS if name == "scan" else ways[name].examples):
            (good / str(number)).write_bytes(example)
        atheris.Setup([sys.argv[0], *options, str(good)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
