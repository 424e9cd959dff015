"""What stands for the program itself: what an earlier version made is made again."""

import platform
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import pydantic

from config import __version__
from store.knowledge.keys import content_key

READS = (
    ("store.ingest", "summaries"),
    ("store.ingest", "forms"),
    ("store.ingest", "fields"),
    ("store.ingest", "front_matter"),
    ("store.ingest", "mappings"),
    ("store.ingest", "clean"),
    ("store.ingest", "folders"),
    ("store.knowledge", "keys"),
    ("store.knowledge", "values"),
    ("store.knowledge", "written"),
    ("store", "text"),
)


@cache
def reader() -> str:
    """Return what stands for all that a summary file's value depends on beside the file."""
    return content_key(
        *_runtime(),
        *(_source(package, f"{name}.py") for package, name in READS),
    )


@cache
def assembler() -> str:
    """Return what stands for all that makes the knowledge of summaries."""
    return content_key(
        *_runtime(),
        *_sources("store.knowledge"),
        *_sources("store.knowledge.making"),
        _source("store", "names.py"),
        _source("store", "text.py"),
    )


def _runtime() -> tuple[str, ...]:
    python = ".".join(platform.python_version_tuple()[:2])
    return (__version__, python, pydantic.VERSION, version("pyyaml"))


def _sources(package: str) -> list[str]:
    names = (file.name for file in files(package).iterdir() if file.name.endswith(".py"))
    return [_source(package, name) for name in sorted(names)]


def _source(package: str, name: str) -> str:
    file = files(package).joinpath(name)
    return file.read_text("utf-8") if file.is_file() else ""
