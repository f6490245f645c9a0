"""Coverage-guided fuzzing.

Usage: `python -m tests.faults.guided INPUT [libFuzzer options]`. It needs atheris (`pip install motcua[fuzz]`, Linux
only). INPUT is a name of `entry_points` in `tests.faults.inputs` or `scan`. The seeds are valid examples. libFuzzer's
`cov:` is the number of edges reached.
"""

import importlib
import pkgutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["app"]):
    import app

    # Modules that a function imports later would not be instrumented.
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.startswith(("app.ui", "app.storage.migrations")):
            importlib.import_module(module.name)
    from app.bootstrap import create_office
    from tests.faults.inputs import SCANS, entry_points, push_input, scan
    from tests.support.offices import CREATED_AT, OFFICE


def main(name: str, options: list[str]) -> None:
    """Fuzz one entry point until a crash or the limit of the options."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "office"
        create_office(folder, OFFICE, True, CREATED_AT)
        points = entry_points(folder, Path(scratch))

        def try_input(data: bytes) -> None:
            if name == "scan":
                scan(data.decode("utf-8", "surrogateescape"))
            else:
                push_input(points[name], data)

        seeds = Path(scratch) / "seeds"
        seeds.mkdir()
        for number, example in enumerate(SCANS if name == "scan" else points[name].examples):
            (seeds / str(number)).write_bytes(example)
        atheris.Setup([sys.argv[0], *options, str(seeds)], try_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
