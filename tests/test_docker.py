"""The image: what its Dockerfile builds it from, as whom it runs, and how it is told to."""

import json
import re
import shlex
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from bot.cli import run
from config.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
PAGE = "docs/deployment.md"
LARGE = r"\.git|\.venv|\..*_cache|\.hypothesis"  # not walked: nothing is copied from there


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instruction of a Dockerfile, continuation lines joined."""

    stage: int
    name: str
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)

    @property
    def sources(self) -> list[str]:
        return [word for word in self.words if not word.startswith("--")][:-1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_steps(text: str) -> list[Step]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    steps: list[Step] = []
    stage = -1
    for line in joined:
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        steps.append(Step(stage=stage, name=name, text=rest.strip()))
    return steps


def is_in_context(path: str, rules: list[str]) -> bool:
    """Tell whether `docker build` sees a file: the last rule that fits it or a parent decides."""
    names = [path, *(str(one) for one in PurePosixPath(path).parents)]
    seen = True
    for rule in rules:
        pattern = re.escape(rule.removeprefix("!")).replace(r"\*\*/", "(?:.*/)?")
        pattern = pattern.replace(r"\*", "[^/]*")
        if any(re.fullmatch(pattern, name) for name in names if name != "."):
            seen = rule.startswith("!")
    return seen


@cache
def context(root: Path) -> list[str]:
    """List what `docker build` sees of a folder."""
    ignored = (root / ".dockerignore").read_text(encoding="utf-8")
    rules = [line for line in ignored.splitlines() if line and not line.startswith("#")]
    tops = [path for path in root.iterdir() if not re.fullmatch(LARGE, path.name)]
    files = [*tops, *(file for top in tops for file in top.rglob("*"))]
    paths = [file.relative_to(root).as_posix() for file in files if file.is_file()]
    return [path for path in paths if is_in_context(path, rules)]


STEPS = read_steps(read("Dockerfile"))
LAST = max(step.stage for step in STEPS)


def of(name: str, stage: int = LAST) -> list[Step]:
    return [step for step in STEPS if (step.name, step.stage) == (name, stage)]


def environment() -> dict[str, str]:
    pairs = (word.partition("=") for step in of("ENV") for word in step.words)
    return {name: value for name, _, value in pairs}


def copied() -> list[str]:
    return [
        source for stage in range(LAST) for step in of("COPY", stage) for source in step.sources
    ]


def wanted_by_the_wheel() -> set[str]:
    project = tomllib.loads(read("pyproject.toml"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    named = [project["project"]["readme"], *project["project"]["license-files"]]
    return {"pyproject.toml", *packages, *named}


def test_all_stages_stand_on_the_python_that_the_project_needs() -> None:
    needs = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    (base,) = [step.text for step in STEPS if step.name == "ARG"]
    stages = [step.words[0] for step in STEPS if step.name == "FROM"]
    assert base == f"PYTHON=python:{needs}-slim-bookworm"
    assert stages == ["${PYTHON}"] * 2


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_there_and_not_ignored(source: str) -> None:
    inside = [path for path in context(ROOT) if path == source or path.startswith(f"{source}/")]
    assert inside != []


def test_the_wheel_is_built_from_all_that_it_needs() -> None:
    assert wanted_by_the_wheel() <= set(copied())


def test_the_build_sees_nothing_else() -> None:
    sources = tuple(f"{source}/" for source in copied())
    rest = [path for path in context(ROOT) if path not in copied() and not path.startswith(sources)]
    assert rest == []


def test_secrets_databases_and_caches_stay_out_of_the_build(tmp_path: Path) -> None:
    hidden = (".env", "attache.toml", "data/ledger.db", "bot/__pycache__/x.pyc", "ledger.db")
    rules = read(".dockerignore").splitlines()
    assert not any(is_in_context(name, rules) for name in (".git/config", ".venv/pyvenv.cfg"))
    for name in (*hidden, "bot/cli.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / ".dockerignore").write_text(read(".dockerignore"))
    assert context(tmp_path) == ["bot/cli.py"]


def test_only_the_locks_and_our_wheel_are_installed() -> None:
    commands = [
        command
        for step in STEPS
        if step.name == "RUN"
        for command in step.text.split("&&")
        if " install " in command and " pip " in command
    ]
    installed = [command.partition(" install ")[2].split() for command in commands]
    assert installed == [
        ["--require-hashes", "-r", "requirements-build.lock"],
        ["--require-hashes", "--only-binary", ":all:", "-r", "requirements.lock"],
        ["--no-deps", "/wheel/*.whl"],
    ]


def test_the_last_stage_gets_the_environment_and_no_source() -> None:
    assert [step.text for step in of("COPY")] == ["--from=build /opt/attache /opt/attache"]
    assert of("ADD") == []


def test_the_bot_runs_as_nobody_in_particular() -> None:
    (user,) = of("USER")
    (made,) = of("RUN")
    assert user.text == "10001:10001"
    assert "useradd --uid 10001 --gid 10001" in made.text
    assert STEPS.index(user) > STEPS.index(made)


def test_the_data_is_in_a_volume_of_that_user() -> None:
    (volume,) = of("VOLUME")
    (made,) = of("RUN")
    assert environment()["ATTACHE_DATA_DIR"] == volume.text == "/data"
    assert "install --directory --owner=10001 --group=10001 --mode=0700 /data" in made.text


def test_the_settings_of_the_image_hold_and_its_ports_are_told(tmp_path: Path) -> None:
    ours = {name: value for name, value in environment().items() if name.startswith("ATTACHE_")}
    settings = load_settings(environ=ours, folder=tmp_path)
    (exposed,) = of("EXPOSE")
    assert set(ours) <= {f"ATTACHE_{name.upper()}" for name in Settings.model_fields}
    listens = (settings.sandbox_listen, settings.listen, settings.health_listen)
    assert [listen.host for listen in listens] == ["0.0.0.0"] * 3  # noqa: S104 (in a container)
    assert [str(listen.port) for listen in listens] == exposed.words


def test_the_image_starts_the_bot_and_stops_it_by_the_signal_that_it_heeds() -> None:
    (entry,), (command,), (signal,) = of("ENTRYPOINT"), of("CMD"), of("STOPSIGNAL")
    scripts = tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    name, *arguments = json.loads(command.text)
    options = {option for item in run.params for option in (*item.opts, *item.secondary_opts)}
    assert json.loads(entry.text) == [*scripts]
    assert (name, {*arguments} <= options) == (run.name, True)
    assert signal.text == "SIGTERM"


def test_the_health_check_asks_the_bot() -> None:
    (check,) = of("HEALTHCHECK")
    options, _, command = check.text.partition("CMD ")
    python, flag, module = json.loads(command)
    assert (python, flag) == ("python", "-m")
    assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()
    assert [word.partition("=")[0] for word in options.split()] == [
        "--interval",
        "--timeout",
        "--start-period",
        "--retries",
    ]


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", read(PAGE), re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_compose_file_fits_the_image() -> None:
    compose: dict[str, Any] = yaml.safe_load(block("yaml"))
    service = compose["services"]["attache"]
    (volume,), (exposed,) = of("VOLUME"), of("EXPOSE")
    known = {f"ATTACHE_{name.upper()}" for name in Settings.model_fields}
    assert [one.partition(":")[2] for one in service["volumes"]] == [volume.text]
    assert {one.rpartition(":")[2] for one in service["ports"]} <= {*exposed.words}
    assert all(one.startswith("127.0.0.1:") for one in service["ports"])
    assert set(service["environment"]) <= known
    assert {name.upper() for name in service["secrets"]} <= known
    assert set(service["secrets"]) == set(compose["secrets"])
    assert service["restart"] == "unless-stopped"


def test_the_unit_names_settings_that_there_are() -> None:
    unit = block("ini")
    named = set(re.findall(r"\b(ATTACHE_[A-Z_]+)[=:]", unit))
    known = {f"ATTACHE_{name.upper()}" for name in Settings.model_fields}
    assert named <= known | {"ATTACHE_SECRETS_DIR"}
    assert "ExecStart=/opt/attache/bin/attache run --no-browser" in unit
