"""The settings, found: in which order they are looked for, and what is wrong with them.

The one door to them: what can be set is in `options`, how sources are read in `sources`, how
it all is documented in `tables`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.fields import Access, LogLevel
from config.names import environment_name, guide_of
from config.options import Settings
from config.problems import Problem, SettingsError
from config.sources import Source, read_sources, unknown_in
from config.tables import settings_example, settings_table

__all__ = [
    "Access",
    "LogLevel",
    "Problem",
    "Settings",
    "SettingsError",
    "load_settings",
    "settings_example",
    "settings_table",
    "unknown_names",
]


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Find each setting where it is given first, or raise SettingsError with all problems.

    The order: `overrides` (the command line, by field name; None is not given), `environ`,
    `.env` in `folder`, the secrets folder, `attache.toml` in `folder`, defaults.
    """
    environ, folder = _where(environ, folder)
    result = _load(overrides or {}, environ, folder)
    if isinstance(result, Settings):
        return result
    # Raised here, not where pydantic's error is at hand: its text and its chain show values.
    raise SettingsError(result, unknown_names(environ=environ, folder=folder))


def unknown_names(
    *, environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> tuple[str, ...]:
    """Point out each name that looks like a setting and is none, with the nearest right one."""
    return unknown_in(Settings, *_where(environ, folder))


def _where(
    environ: Mapping[str, str] | None, folder: Path | None
) -> tuple[Mapping[str, str], Path]:
    return (os.environ if environ is None else environ), (folder or Path.cwd())


def _load(
    overrides: Mapping[str, object], environ: Mapping[str, str], folder: Path
) -> Settings | tuple[Problem, ...]:
    if strangers := overrides.keys() - Settings.model_fields.keys():
        raise TypeError(f"no such settings: {', '.join(sorted(strangers))}")
    sources = [Source(origin="the command line", values=overrides)]
    try:
        sources += read_sources(Settings, environ, folder)
    except SettingsError as error:
        return error.problems
    given = {
        name: (source.origin, source.values[name])
        for source in reversed(sources)
        for name in Settings.model_fields
        if source.values.get(name) not in (None, "")
    }
    values: dict[str, Any] = {name: value for name, (_, value) in given.items()}
    try:
        return Settings(**values)
    except ValidationError as error:
        wrong = {str(e["loc"][0]) for e in error.errors(include_input=False, include_url=False)}
    origins = {name: origin for name, (origin, _) in given.items()}
    return tuple(_problem(name, origins) for name in Settings.model_fields if name in wrong)


def _problem(name: str, origins: Mapping[str, str]) -> Problem:
    guide = guide_of(Settings.model_fields[name])
    return Problem(
        name=environment_name(name),
        origin=origins.get(name),
        expected=guide.expected,
        remedy=guide.remedy,
    )
