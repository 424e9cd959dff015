"""Settings as values: what is read, the defaults, what is derived and what is shown of them."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from config.settings import (
    Access,
    LogLevel,
    Settings,
    load_settings,
    settings_example,
    settings_table,
)
from tests.config.loading import NOWHERE, TOKEN

ROOT = Path(__file__).parents[2]


def test_defaults_need_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = load_settings(environ=NOWHERE, folder=tmp_path)
    assert settings == Settings(
        telegram_token=None,
        telegram_api_url="https://api.telegram.org",
        proxy=None,
        admins=frozenset(),
        data_dir=tmp_path / "data" / "attache",
        summaries=None,
        timezone=ZoneInfo("UTC"),
        digest_time=time(8),
        log_level=LogLevel.INFO,
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("telegram_token", f" {TOKEN} ", SecretStr(TOKEN)),
        ("telegram_api_url", "http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
        ("telegram_api_url", "https://example.org/botapi", "https://example.org/botapi"),
        ("proxy", "http://127.0.0.1:8080", SecretStr("http://127.0.0.1:8080")),
        ("proxy", "socks5://u:p@[::1]:1080", SecretStr("socks5://u:p@[::1]:1080")),
        ("admins", "1, 2", frozenset({1, 2})),
        ("admins", "1 2", frozenset({1, 2})),
        ("admins", "7", frozenset({7})),
        ("admins", [1, 2], frozenset({1, 2})),
        ("admins", 7, frozenset({7})),
        ("access", " Invited ", Access.INVITED),
        ("readers", "1, -1002", frozenset({1, -1002})),
        ("readers", [-1002, 5], frozenset({5, -1002})),
        ("data_dir", "/somewhere/else", Path("/somewhere/else")),
        ("timezone", "America/New_York", ZoneInfo("America/New_York")),
        ("digest_time", "23:59", time(23, 59)),
        ("digest_time", time(6, 30), time(6, 30)),
        ("log_level", "warning", LogLevel.WARNING),
    ],
)
def test_a_value_is_read(name: str, value: object, expected: object, tmp_path: Path) -> None:
    settings = load_settings({name: value}, environ=NOWHERE, folder=tmp_path)
    assert getattr(settings, name) == expected


def test_folders_know_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "story").mkdir()
    environ = NOWHERE | {"ATTACHE_DATA_DIR": "~/data", "ATTACHE_SUMMARIES": "~/story"}
    settings = load_settings(environ=environ, folder=tmp_path)
    assert (settings.data_dir, settings.summaries) == (tmp_path / "data", tmp_path / "story")


def test_a_name_that_the_program_misspells_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="telegram_tokn"):
        load_settings({"telegram_tokn": TOKEN}, environ=NOWHERE, folder=tmp_path)


@given(secret=st.from_regex(r"[A-Za-z0-9_-]{30,40}", fullmatch=True))
@example(secret="A" * 30)
def test_settings_never_show_a_secret(secret: str) -> None:
    settings = Settings(telegram_token=f"1:{secret}", proxy=f"http://u:{secret}@localhost:1")
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert secret not in shown


def test_settings_cannot_be_changed() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.admins = frozenset({1})  # type: ignore[misc]


def test_settings_are_made_of_their_arguments_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_ADMINS", "1")
    (tmp_path / ".env").write_text("ATTACHE_ADMINS=2\n")
    assert Settings().admins == frozenset()


def test_each_bot_has_a_folder_of_its_own(tmp_path: Path) -> None:
    nobody = Settings(data_dir=tmp_path)
    somebody = Settings(data_dir=tmp_path, telegram_token=TOKEN)
    assert (nobody.bot_id, nobody.bot_dir) == (None, tmp_path / "sandbox")
    assert (somebody.bot_id, somebody.bot_dir) == (123456789, tmp_path / "123456789")


def test_the_readme_shows_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, rest = readme.partition("<!-- settings -->")
    shown, mark, _ = rest.partition("<!-- /settings -->")
    assert mark, "README.md has no settings marks"
    assert shown.strip() == settings_table()


def test_the_example_file_shows_the_settings_as_they_are() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == settings_example()


def test_the_example_file_can_be_used_with_its_comments_taken_away(tmp_path: Path) -> None:
    lines = settings_example().splitlines()
    uncommented = [line.removeprefix("# ") for line in lines if "# ATTACHE_" in line]
    (tmp_path / ".env").write_text("\n".join(uncommented))
    assert len(uncommented) == len(Settings.model_fields)
    assert load_settings(environ=NOWHERE, folder=tmp_path) == Settings()
