"""Settings: the order of the sources, what is refused and how, and that secrets stay secret."""

import traceback
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from config.fields import Guide
from config.settings import (
    LogLevel,
    Settings,
    SettingsError,
    load_settings,
    settings_example,
    settings_table,
    unknown_names,
)

ROOT = Path(__file__).parents[2]
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


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfATTACHE_ADMINS=1\n")
    (tmp_path / "attache.toml").write_bytes(b"\xef\xbb\xbftimezone = 'Asia/Tokyo'\n")
    settings = load_settings(environ=NOWHERE, folder=tmp_path)
    assert (settings.admins, settings.timezone.key) == (frozenset({1}), "Asia/Tokyo")


def test_a_virtual_environment_called_env_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert load_settings(environ=NOWHERE, folder=tmp_path).telegram_token is None


def test_a_name_that_the_program_misspells_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="telegram_tokn"):
        load_settings({"telegram_tokn": TOKEN}, environ=NOWHERE, folder=tmp_path)


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


@given(secret=st.from_regex(r"[A-Za-z0-9_-]{30,40}", fullmatch=True))
@example(secret="A" * 30)
def test_settings_never_show_a_secret(secret: str) -> None:
    settings = Settings(telegram_token=f"1:{secret}", proxy=f"http://u:{secret}@localhost:1")
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert secret not in shown


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
