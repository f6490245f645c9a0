"""Offices to work in."""

from tests.offices import desk, founded, real_folder, training_folder

__all__ = ["desk", "founded", "real_folder", "training_folder"]
