"""Pause of the collector of cycles during an import."""

import gc

import pytest

from app.services.register_import.collector import paused_collector


def test_collector_is_paused_within_the_block_and_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError), paused_collector():
        with paused_collector():
            pass
        assert not gc.isenabled(), "the end of an inner pause ends the outer one"
        raise ValueError

    assert gc.isenabled()


def test_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with paused_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
