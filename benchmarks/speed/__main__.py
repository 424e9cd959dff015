"""Measure and print the table; each part runs as a process of its own.

A part is a module of this package with `measure(big: bool) -> Iterable[Row]`. What it
prints beside its rows goes to standard error, and shows that it is under way.
"""

import importlib
import os
import platform
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click

from benchmarks.speed.table import Row, from_json, table, to_json

PARTS = (
    *("reading", "queries", "replies", "replies_by_size", "memory", "starting"),
    *("broadcast", "commands_meanwhile", "planning", "loading", "reloading"),
)


@click.command()
@click.option("--big", is_flag=True, help="With a million summaries.")
@click.option("--only", multiple=True, help="Only this part; may be given again.")
@click.option("--part", hidden=True, help="Measure one part, and print its rows as JSON.")
def main(big: bool, only: tuple[str, ...], part: str) -> None:  # noqa: FBT001 (options)
    """Print one table of how fast it is."""
    if part:
        for row in importlib.import_module(f"benchmarks.speed.{part}").measure(big=big):
            click.echo(to_json(row))
        return
    began = time.monotonic()
    rows: list[Row] = []
    failed = False
    for name in only or PARTS:
        click.echo(f"{time.monotonic() - began:4.0f} s  {name}", err=True)
        measured = _part(name, big=big)
        failed = failed or measured is None
        rows += measured or []
    click.echo(table(rows))
    click.echo(f"{_machine()}; {(time.monotonic() - began) / 60:.1f} minutes", err=True)
    sys.exit(int(failed))


def _part(name: str, *, big: bool) -> list[Row] | None:
    command = [sys.executable, "-m", "benchmarks.speed", "--part", name, *(["--big"] * big)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 (ours)
    if done.returncode:
        click.echo(f"{name}: failed ({done.returncode})", err=True)
        return None
    return [from_json(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return (
        f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    main()
