"""Short ways to load settings from a made-up place and to see how they are refused."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings

TOKEN = "123456789:AAExampleExampleExampleExampleExam"
NOWHERE = {"ATTACHE_SECRETS_DIR": "/nonexistent"}


def write_secret(folder: Path, text: str, name: str = "attache_telegram_api_url") -> None:
    (folder / "secrets").mkdir(exist_ok=True)
    (folder / "secrets" / name).write_text(text, encoding="utf-8")


def error_of(
    folder: Path,
    environ: Mapping[str, str] = NOWHERE,
    overrides: Mapping[str, object] | None = None,
) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load_settings(overrides, environ=environ, folder=folder)
    return caught.value
