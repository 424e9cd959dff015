"""What is wrong with settings: named with place and remedy, and never with the value."""

import traceback
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.fields import Guide
from config.settings import Settings, SettingsError, load_settings, unknown_names
from tests.config.loading import NOWHERE, TOKEN, error_of, write_secret

WRONG = [
    ("telegram_token", "123456789"),
    ("telegram_token", "123456789:short"),
    ("telegram_token", f"bot{TOKEN}"),
    ("telegram_token", 5),
    ("telegram_api_url", "api.telegram.org"),
    ("telegram_api_url", "ftp://example.org"),
    ("telegram_api_url", "http://"),
    ("telegram_api_url", "http://user:secret@example.org"),
    ("telegram_api_url", "http://example.org:99999"),
    ("telegram_api_url", "http://exa mple.org"),
    ("proxy", "127.0.0.1:8080"),
    ("proxy", "socks4://127.0.0.1:1080"),
    ("proxy", "socks5://127.0.0.1"),
    ("proxy", "http://[::1:8080"),
    ("admins", "1, Anna"),
    ("admins", "-5"),
    ("admins", "9" * 5000),
    ("admins", [True]),
    ("admins", {"a": 1}),
    ("access", "closed"),
    ("access", 1),
    ("readers", "1, @anna"),
    ("readers", "--5"),
    ("readers", 0),
    ("readers", "-"),
    ("readers", [True]),
    ("answers_per_minute", 0),
    ("answers_per_minute", "some"),
    ("data_dir", "/dev/null"),
    ("data_dir", "~nobody-of-that-name/data"),
    ("summaries", "/nonexistent"),
    ("summaries", "/dev/null"),
    ("timezone", "Europe/Nowhere"),
    ("timezone", "America"),
    ("timezone", "../etc/localtime"),
    ("timezone", "a" * 5000),
    ("timezone", "\0"),
    ("timezone", 3),
    ("digest_time", "24:00"),
    ("digest_time", "8"),
    ("digest_time", "08:00:30"),
    ("digest_time", time(8, 0, 30)),
    ("digest_time", 28800),
    ("log_level", "LOUD"),
    ("sandbox_listen", "8765"),
    ("sandbox_listen", "127.0.0.1:99999"),
    ("listen", "::1:8080"),
    ("listen", 8080),
    ("webhook_url", "example.org"),
    ("clock_url", "file:///etc/localtime"),
    ("health_listen", "8081"),
    ("health_listen", "127.0.0.1:99999"),
    ("uncertain", "perhaps"),
    ("watch", "sometimes"),
    ("messages_per_second", 0),
    ("messages_per_second", "many"),
    ("messages_per_minute_to_group", 10_001),
    ("messages_per_minute_to_group", 0.5),
    ("seconds_between_messages", 0),
    ("seconds_between_messages", "61"),
    ("seconds_between_messages", "nan"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_names_setting_place_expectation_and_remedy(
    name: str, value: object, tmp_path: Path
) -> None:
    error = error_of(tmp_path, overrides={name: value})
    guide = next(m for m in Settings.model_fields[name].metadata if isinstance(m, Guide))
    assert str(error).splitlines() == [
        "The settings need a correction:",
        f"  ATTACHE_{name.upper()} (the command line): expected {guide.expected}. {guide.remedy}",
    ]


def test_every_kind_of_setting_has_a_wrong_value_here() -> None:
    assert {name for name, _ in WRONG} == set(Settings.model_fields)


def test_all_wrong_settings_are_named_at_once_with_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ATTACHE_PROXY=here\n")
    (tmp_path / "attache.toml").write_text("admins = ['x']\n")
    write_secret(tmp_path, "short", name="attache_telegram_token")
    secrets = str(tmp_path / "secrets")
    environ = {"ATTACHE_SECRETS_DIR": secrets, "ATTACHE_TIMEZONE": "Mars"}
    error = error_of(tmp_path, environ, {"log_level": "LOUD"})
    assert [(problem.name, problem.origin) for problem in error.problems] == [
        ("ATTACHE_TELEGRAM_TOKEN", secrets),
        ("ATTACHE_PROXY", ".env"),
        ("ATTACHE_ADMINS", "attache.toml"),
        ("ATTACHE_TIMEZONE", "the environment"),
        ("ATTACHE_LOG_LEVEL", "the command line"),
    ]


@pytest.mark.parametrize(
    ("file", "content", "name", "origin"),
    [
        ("attache.toml", b'timezone = "UTC"\nadmins = [1,\n', "attache.toml", "line 2"),
        ("attache.toml", b"timezone = UTC\n", "attache.toml", "line 1"),
        ("attache.toml", b'a = 1\nb = "\xff"\n', "attache.toml", "line 2"),
        (".env", b"ATTACHE_ADMINS=1\n\nATTACHE_PROXY='unclosed\n", ".env", "line 3"),
        (".env", b"# caf\xe9\n", ".env", "line 1"),
        (".env", b"A=1\nATTACHE_TELEGRAM_TOKEN:123:secret\n", ".env", "line 2"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    file: str, content: bytes, name: str, origin: str, tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(content)
    error = error_of(tmp_path)
    assert [(problem.name, problem.origin) for problem in error.problems] == [(name, origin)]
    assert "secret" not in str(error)


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "attache.toml").write_text("admins = 1\n")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = error_of(tmp_path).problems
    assert (problem.name, problem.origin) == ("attache.toml", "Permission denied")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_wrong_secrets_folder_is_named(content: bytes | None, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    if content is None:
        secrets.write_text("a file, not a folder")
    else:
        secrets.mkdir()
        (secrets / "attache_telegram_token").write_bytes(content)
    (problem,) = error_of(tmp_path, {"ATTACHE_SECRETS_DIR": str(secrets)}).problems
    assert problem.name == "ATTACHE_SECRETS_DIR"


def test_unknown_names_are_pointed_out_with_the_nearest_right_one(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ATTACHE_TIME_ZONE=UTC\nOTHER=1\n")
    (tmp_path / "attache.toml").write_text("ATTACHE_ADMINS = 1\nlog = 'INFO'\n[attache]\na = 1\n")
    write_secret(tmp_path, TOKEN, name="attache_token")
    environ = {
        "ATTACHE_SECRETS_DIR": str(tmp_path / "secrets"),
        "ATTACHE_BOTAPI_SPEC": "api.min.json",
        "ATTACHE_TELEGRAM_TOKN": TOKEN,
        "attache_proxy": "",
        "PATH": "/bin",
    }
    found = [
        ("ATTACHE_TELEGRAM_TOKN in the environment", "ATTACHE_TELEGRAM_TOKEN"),
        ("ATTACHE_TIME_ZONE in .env", "ATTACHE_TIMEZONE"),
        ("attache_token in the secrets folder", "ATTACHE_TELEGRAM_TOKEN"),
        ("ATTACHE_ADMINS in attache.toml", "admins"),
        ("log in attache.toml", "log_level"),
    ]
    assert unknown_names(environ=environ, folder=tmp_path) == (
        *(f"{name} is not a setting; the nearest is {right}." for name, right in found),
        "attache in attache.toml is a table; write the settings above it, without one.",
    )


def test_unknown_names_do_not_stop_the_start_but_explain_a_failed_one(tmp_path: Path) -> None:
    environ = NOWHERE | {"ATTACHE_TOKEN": TOKEN}
    assert load_settings(environ=environ, folder=tmp_path).telegram_token is None
    error = error_of(tmp_path, environ | {"ATTACHE_ADMINS": "me"})
    assert str(error).endswith("the nearest is ATTACHE_TELEGRAM_TOKEN.")


def test_unknown_names_of_a_broken_file_are_left_to_the_error(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff")
    (tmp_path / "attache.toml").write_text("=")
    assert unknown_names(environ=NOWHERE, folder=tmp_path) == ()


def test_what_stands_behind_a_misplaced_name_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "attache.toml").write_text(f'"token: {TOKEN}" = 1\n')
    (hint,) = unknown_names(environ=NOWHERE, folder=tmp_path)
    assert hint == "token… in attache.toml is not a setting; the nearest is telegram_token."


@given(secret=st.text("abcdefghijklmnop0123456789-_:/@. ", min_size=12).map("Zq".__add__))
@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_an_error_never_shows_a_value(name: str, secret: str) -> None:
    folder = Path("/nonexistent")
    environ = {"ATTACHE_SECRETS_DIR": "/nonexistent", f"ATTACHE_{name.upper()}": secret}
    with pytest.raises(SettingsError) as caught:
        load_settings({"telegram_token": f"wrong{secret}"}, environ=environ, folder=folder)
    error = caught.value
    chain = "".join(traceback.format_exception(error))
    assert (error.__cause__, error.__context__) == (None, None)
    assert secret not in f"{error} {error!r} {error.problems!r} {chain}"
