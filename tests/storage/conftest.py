"""Offices to work in."""

from tests.support.offices import desk, founded, open_desk, real_folder, training_folder

__all__ = ["desk", "founded", "open_desk", "real_folder", "training_folder"]
