"""Windows package of the program: build it, then test it.

    build     installer, portable zip, digests and bill of materials, into dist/windows
    smoke     install, use, update and remove the package under wine, or on an empty Windows
    versions  make what `smoke` is given on a real Windows besides the package
    key       make the key pair of updates from a file
    icon      write the icon as SVG

It runs on Debian 12 as root and installs the system packages that it needs; `smoke` also runs on Windows. See
docs/windows-release.md.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from windows import build, icon, smoke, stage, update_keys
from windows.layout import PUBLIC_KEY, REPOSITORY, BuildError, Layout, source_epoch, source_version
from windows.tools import install_missing, note


def main(words: list[str]) -> int:
    """Run one command; return 0, or 1 with the reason on stderr."""
    args = _parser().parse_args(words)
    started = time.monotonic()
    try:
        args.run(args)
    except BuildError as error:
        note(f"windows.py {args.command}: {error}")
        return 1
    note(f"windows.py {args.command}: done in {time.monotonic() - started:.0f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="windows.py", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    built = commands.add_parser("build", help="build the package")
    built.add_argument("--embed", type=Path, default=None, metavar="ZIP", help="a newer embeddable CPython 3.13")
    built.add_argument("--sha256", default="", metavar="H", help="its SHA-256")
    built.add_argument("--update-key", type=Path, default=None, metavar="FILE", help="private key; writes the .sig")
    built.add_argument("--as-version", default="", metavar="X.Y.Z", help="another version number, for a test")
    built.add_argument("--out", type=Path, default=None, metavar="DIR", help="default: dist/windows")
    built.add_argument("--fast", action="store_true", help="zlib in place of LZMA, for a test")
    built.set_defaults(run=_build)
    tried = commands.add_parser("smoke", help="test the built package under wine, or on an empty Windows")
    tried.add_argument("--package", type=Path, default=None, metavar="DIR", help="default: dist/windows")
    tried.add_argument("--versions", type=Path, default=None, metavar="DIR", help="on Windows: what `versions` wrote")
    tried.set_defaults(run=lambda args: smoke.run_all(args.package, args.versions))
    later = commands.add_parser("versions", help="make the later versions for a smoke test on a real Windows")
    later.add_argument("--out", type=Path, required=True, metavar="DIR", help="its folder")
    later.set_defaults(run=lambda args: stage.write_versions(Layout(source_version(), source_epoch()), args.out))
    keys = commands.add_parser("key", help="make the key pair of updates")
    keys.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the private key is written")
    keys.set_defaults(run=_make_key)
    commands.add_parser("icon", help="write resources/icons/motcua.svg").set_defaults(run=_write_icon)
    return parser


def _build(args: argparse.Namespace) -> None:
    install_missing()
    options = build.Options(args.embed, args.sha256, args.update_key, args.as_version, args.out, None, args.fast)
    build.build(options)


def _make_key(args: argparse.Namespace) -> None:
    key = update_keys.make(args.out)
    PUBLIC_KEY.write_text(f"{key}\n", encoding="ascii")
    note(f"private key: {args.out} (keep it off the network, with a copy)\npublic key, to commit: {PUBLIC_KEY}")


def _write_icon(_args: argparse.Namespace) -> None:
    (REPOSITORY / "resources" / "icons" / "motcua.svg").write_text(icon.svg(), encoding="ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
