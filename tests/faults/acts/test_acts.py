"""Power cuts and failing calls during acts over several files, a sample.

`python -m tests.faults acts act-errors` runs the full size.
"""

import re
from pathlib import Path

import pytest

from tests.faults.acts.act_errors import act_points, fail_act
from tests.faults.acts.act_images import ActRun, applied_disk, check_act_images, record_act
from tests.faults.acts.scenes import ACTS, Scene, make_template
from tests.faults.processes import ForkServer

pytestmark = pytest.mark.posix
_TEMPORARY_FOLDER = re.compile(r"(^|/)\.dang-[^/]*/")
"""Its files are removed by names that the trace does not show whole."""
_NOT_IN_IMAGES = (".lock", "-shm")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Create the office of all acts."""
    return make_template(tmp_path_factory.mktemp("acts") / "template")


def recorded(server: ForkServer, name: str, template: Scene, place: Path, without_sync: bool = False) -> ActRun:
    return record_act(server, ACTS[name], template, place, without_sync)


@pytest.mark.parametrize("name", ACTS)
def test_power_cut_divides_no_act(server: ForkServer, template: Scene, tmp_path: Path, name: str) -> None:
    run = recorded(server, name, template, tmp_path)
    files = applied_disk(run, run.steps).current_files()
    written = {str(path.relative_to(run.root)): path.read_bytes() for path in run.root.rglob("*") if path.is_file()}
    files = {name: content for name, content in files.items() if not _TEMPORARY_FOLDER.search(name)}
    assert files == {name: content for name, content in written.items() if not name.endswith(_NOT_IN_IMAGES)}
    losses = check_act_images(run, tmp_path / "images", 6, seed=5)
    assert (losses.images, losses.lost) == (6, [])


def test_one_sync_less_loses_an_act(server: ForkServer, template: Scene, tmp_path: Path) -> None:
    """The same check reports losses here, which proves that it can fail."""
    run = recorded(server, "keys-recovery", template, tmp_path, without_sync=True)
    assert check_act_images(run, tmp_path / "images", 20, seed=7).lost


def test_key_change_is_answered_only_when_the_new_key_opens(
    server: ForkServer, template: Scene, tmp_path: Path
) -> None:
    """SQLCipher ignores an error of the last writes; a journal undoes them."""
    points = act_points(server, ACTS["keys-change"], template, tmp_path)
    writes = [point for point in points if point.call == "pwrite64"]
    assert fail_act(server, ACTS["keys-change"], template, tmp_path, writes[-20:]).wrong == []


def test_backup_reports_a_log_that_cannot_be_removed(server: ForkServer, template: Scene, tmp_path: Path) -> None:
    points = act_points(server, ACTS["backup"], template, tmp_path)
    removals = [point for point in points if point.call == "unlink"]
    assert fail_act(server, ACTS["backup"], template, tmp_path, removals).wrong == []


@pytest.mark.parametrize("name", ["keys-change", "keys-recovery", "succession"])
def test_act_reports_every_failing_call(server: ForkServer, template: Scene, tmp_path: Path, name: str) -> None:
    points = act_points(server, ACTS[name], template, tmp_path)
    last = {point.call: point for point in points}
    renames = [point for point in points if point.call == "rename"]
    writes = [point for point in points if point.call == "pwrite64"]
    outcome = fail_act(server, ACTS[name], template, tmp_path, [*last.values(), renames[0], writes[len(writes) // 2]])
    assert outcome.wrong == []
    assert outcome.refused >= 2
