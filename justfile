# The menu of tasks. `just` lists it. Without just, run the commands as they stand.

python := ".venv/bin/python"

# List the tasks.
default:
    @just --list

# Install everything, then run every check. CI runs this.
ci:
    python3 install.py test

# Install or update the environment.
setup:
    python3 install.py

# Run tests; arguments go to pytest.
test *arguments:
    {{python}} -m pytest -q {{arguments}}

# Style and formatting.
lint:
    {{python}} -m ruff check .
    {{python}} -m ruff format --check .

# Rewrite formatting and sort imports.
format:
    {{python}} -m ruff check --fix .
    {{python}} -m ruff format .

# Types.
types:
    {{python}} -m mypy

# Layers.
layers:
    .venv/bin/lint-imports --no-logo

# Regenerate docs/commands.md, the table of figures and the bill of materials.
docs:
    {{python}} packaging/commands_page.py
    {{python}} packaging/figures_table.py
    {{python}} packaging/sbom.py

# Run the demonstration.
demo *arguments:
    python3 install.py demo {{arguments}}

# Measure the promised ratios on a small office.
bench *names:
    {{python}} -m benchmarks {{names}} --quick

# Take screenshots of every page into a folder.
pictures folder size="1366x768":
    {{python}} -m tests.support.screenshots {{folder}} {{size}}

# Take the pictures of the clerks' guide again.
guide:
    {{python}} -m tests.support.guide_pictures docs/huong-dan/hinh

# List the pictures of the guide that differ from the window.
guide-check:
    {{python}} -m tests.support.guide_pictures docs/huong-dan/hinh --check

# Update the snapshot of names that outsiders use; only additions are allowed.
freeze:
    {{python}} -m tests.architecture.frozen_names --write
