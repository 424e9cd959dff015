"""What the house stands on: names, locks, versions, the Makefile and what is committed."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

import config

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.lock",
    ".ci/requirements-build.lock",
    ".ci/requirements-dev.lock",
    ".ci/clients/requirements-aiogram.lock",
)
OURS = ("bot", "store", "config", "seeds")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def run(*command: str) -> str:
    # Inside `make test` the outer make's flags would reach the inner one.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(  # noqa: S603 (the commands are this file's own)
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """List the files that are committed or about to be."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not in a git checkout")
    # In a container the checkout may belong to somebody else, which git would refuse.
    git = ("git", "-c", "safe.directory=*", "ls-files", "-z")
    listed = run(*git, "--cached", "--others", "--exclude-standard")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", read(lock), re.MULTILINE))


def targets() -> list[str]:
    return re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE)


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_owns_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, ())) <= {"attache-bot"}


def test_the_wheel_holds_our_four_packages() -> None:
    build = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["packages"] == list(OURS)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_addresses(lock: str) -> None:
    text = read(lock)
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    without_hash = [block for block in blocks if "    --hash=sha256:" not in block]
    assert (len(pins(lock)), without_hash) == (len(blocks), [])
    assert re.findall(r"://|@ |--index|--extra|--find|--trusted|^/| /", text) == []


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {match[0] for item in wanted if (match := re.match(r"[A-Za-z0-9-]+", item))}
    assert names - pins(".ci/requirements-dev.lock").keys() == set()


def test_the_locks_agree() -> None:
    tools = pins(".ci/requirements-dev.lock")
    bot, build = pins("requirements.lock"), pins(".ci/requirements-build.lock")
    assert bot.items() <= tools.items()
    assert {name: build[name] for name in build.keys() & tools.keys()}.items() <= tools.items()


def test_the_build_backend_is_the_locked_one() -> None:
    build = tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]
    assert build == [f"hatchling=={pins('.ci/requirements-build.lock')['hatchling']}"]


def test_versions_agree() -> None:
    newest = re.findall(r"^## \[([^]]+)\]", read("CHANGELOG.md"), re.MULTILINE)[0]
    assert version("attache-bot") == config.__version__
    assert newest in ("Unreleased", config.__version__)


def test_no_file_holds_a_home_or_a_registry(files: list[Path]) -> None:
    home = r"(?<![\w.~-])/(?:home|Users|root)/\w"
    registry = r"(?:pypi\.org|pythonhosted\.org|/simple/)"
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or the like
        if path != Path(__file__) and re.search(f"{home}|{registry}", text):
            found.append(path.relative_to(ROOT))
    assert found == []


def test_no_module_is_longer_than_a_reader_can_hold(files: list[Path]) -> None:
    modules = [path for path in files if path.suffix == ".py"]
    long = [path for path in modules if len(path.read_bytes().splitlines()) > 400]
    assert [path.relative_to(ROOT) for path in long] == []


def test_bare_make_lists_every_target() -> None:
    listed = re.findall(r"^make ([a-z-]+) +\S", run("make", "--no-print-directory"), re.MULTILINE)
    assert listed == targets()


def test_no_file_can_hide_a_target() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony.split() == targets()


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md", ".ci/run"])
def test_the_make_commands_that_are_written_down_exist(page: str) -> None:
    command = r"(?:^|`)make((?: [a-z]+)+)(?=$|`| +#| [A-Z]+=)"
    written = re.findall(command, read(page), re.MULTILINE)
    named = {target for targets_of_one in written for target in targets_of_one.split()}
    assert named != set()
    assert named <= set(targets())


def test_ci_runs_what_the_makefile_runs() -> None:
    assert "bash .ci/run" in read(".github/workflows/ci.yml")
    assert "make check test" in read(".ci/run")
