"""Where settings come from: the order of the sources, and how each of them is read."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from config.settings import LogLevel, Settings, load_settings
from tests.config.loading import NOWHERE, TOKEN, write_secret


@pytest.mark.parametrize(
    ("weakest", "winner"),
    [
        (0, "http://default"),
        (1, "http://toml"),
        (2, "http://secrets"),
        (3, "http://dotenv"),
        (4, "http://environment"),
        (5, "http://command-line"),
    ],
)
def test_the_stronger_source_wins(weakest: int, winner: str, tmp_path: Path) -> None:
    overrides: dict[str, object] = {}
    environ = {"ATTACHE_SECRETS_DIR": str(tmp_path / "secrets")}
    if weakest >= 1:
        (tmp_path / "attache.toml").write_text('telegram_api_url = "http://toml"\n')
    if weakest >= 2:
        write_secret(tmp_path, "http://secrets\n")
    if weakest >= 3:
        (tmp_path / ".env").write_text("ATTACHE_TELEGRAM_API_URL=http://dotenv\n")
    if weakest >= 4:
        environ["ATTACHE_TELEGRAM_API_URL"] = "http://environment"
    if weakest >= 5:
        overrides["telegram_api_url"] = "http://command-line"
    settings = load_settings(overrides, environ=environ, folder=tmp_path)
    default = Settings.model_fields["telegram_api_url"].default
    assert settings.telegram_api_url == (default if weakest == 0 else winner)


def test_each_setting_is_found_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "attache.toml").write_text('timezone = "Europe/Kyiv"\nadmins = [3]\n')
    (tmp_path / ".env").write_text("ATTACHE_ADMINS=1, 2\n")
    settings = load_settings({"log_level": None}, environ=NOWHERE, folder=tmp_path)
    assert settings.timezone == ZoneInfo("Europe/Kyiv")
    assert settings.admins == frozenset({1, 2})
    assert settings.log_level is LogLevel.INFO


def test_the_process_and_its_folder_are_looked_at_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_LOG_LEVEL", "debug")
    (tmp_path / ".env").write_text("ATTACHE_DIGEST_TIME=7:05\n")
    settings = load_settings()
    assert (settings.log_level, settings.digest_time) == (LogLevel.DEBUG, time(7, 5))


@pytest.mark.parametrize("place", ["environment", "dotenv", "secrets", "toml", "command line"])
def test_an_empty_value_counts_as_not_given(place: str, tmp_path: Path) -> None:
    environ = {"ATTACHE_SECRETS_DIR": str(tmp_path / "secrets")}
    overrides = {"proxy": ""} if place == "command line" else {}
    if place == "environment":
        environ["ATTACHE_PROXY"] = ""
    elif place == "dotenv":
        (tmp_path / ".env").write_text("ATTACHE_PROXY=\n")
    elif place == "secrets":
        write_secret(tmp_path, "\n", name="attache_proxy")
    elif place == "toml":
        (tmp_path / "attache.toml").write_text('proxy = ""\n')
    assert load_settings(overrides, environ=environ, folder=tmp_path).proxy is None


@pytest.mark.parametrize("name", ["attache_telegram_token", "ATTACHE_TELEGRAM_TOKEN"])
def test_a_secret_file_is_found_whatever_its_case(name: str, tmp_path: Path) -> None:
    write_secret(tmp_path, f"{TOKEN}\n", name=name)
    environ = {"ATTACHE_SECRETS_DIR": str(tmp_path / "secrets")}
    settings = load_settings(environ=environ, folder=tmp_path)
    assert settings.telegram_token == SecretStr(TOKEN)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfATTACHE_ADMINS=1\n")
    (tmp_path / "attache.toml").write_bytes(b"\xef\xbb\xbftimezone = 'Asia/Tokyo'\n")
    settings = load_settings(environ=NOWHERE, folder=tmp_path)
    assert (settings.admins, settings.timezone.key) == (frozenset({1}), "Asia/Tokyo")


def test_a_virtual_environment_called_env_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert load_settings(environ=NOWHERE, folder=tmp_path).telegram_token is None
