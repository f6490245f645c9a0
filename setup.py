"""Packages of the wheel; everything else is in pyproject.toml.

The resources are at the top of the tree and are installed as `app/resources`, where `app.resource_files` looks first.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["app", "app.*", "hub", "hub.*"]), "app.resources"],
    package_dir={"app.resources": "resources"},
    package_data={"app.resources": ["**/*"], "app.storage": ["migrations/**/*"], "hub": ["**/*"]},
)
