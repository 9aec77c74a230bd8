"""The wheel: everything the program needs, nothing that is secret, and it runs by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.program import PATIENCE, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE)
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    with ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content alone; the libraries come from where the tests run."""
    target = tmp_path_factory.mktemp("site")
    words = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=PATIENCE)
    return target


def _python(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python from another folder with what is installed, and the checkout out of sight."""
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    program = [sys.executable, *words]
    return subprocess.run(program, cwd=cwd, env=env, capture_output=True, timeout=PATIENCE, check=False)


def _run(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed program."""
    return _python(installed, cwd, "-m", "scheduler", *words)


def test_all_of_the_program_is_in_it(names: frozenset[str]) -> None:
    # nothing that lies in a folder of the package may be missing: catalogues, layouts, pages, examples
    kept = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "scheduler").rglob("*")
        if path.suffix in (".py", ".toml")
    }
    assert kept <= names
    assert {f"scheduler/locale/{lang}/cli.toml" for lang in ("zh", "en")} <= names
    pages = (path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert {
        f"scheduler/_templates/{path.relative_to(ROOT / 'templates').as_posix()}" for path in pages
    } <= names
    for example in ("tiny/children.csv", "contradiction/locks.csv", "luoyang-2024/points.csv"):
        assert f"scheduler/_examples/{example}" in names
    assert "scheduler/_examples/beijing-2016/beijing-2016.xlsx" in names


def test_nothing_else_is_in_it(names: frozenset[str]) -> None:
    assert not [name for name in names if name.endswith((".key", ".pyc")) or "~$" in name]
    assert not [name for name in names if name.startswith(("tests/", "docs/", "examples/", "benchmarks/"))]
    assert not [name for name in names if name.startswith("scheduler/_examples/") and name.endswith(".py")]
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scheduler"}


def test_a_key_beside_an_example_is_left_out(tmp_path: Path) -> None:
    # a checkout in which an example was run has its key there; git ignores it, and so must the build
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for folder in ("scheduler", "templates", "examples/tiny"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scheduler/__init__.py").write_text('"""Empty."""\n', "utf-8")
    (tmp_path / "examples/tiny/children.csv").write_text("id\n", "utf-8")
    for key in ("examples/tiny.key", "examples/tiny/tiny.xlsx.key"):
        (tmp_path / key).write_bytes(b"secret")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    (made,) = (tmp_path / "dist").glob("*.whl")
    with ZipFile(made) as archive:
        names = archive.namelist()
    assert "scheduler/_examples/tiny/children.csv" in names
    assert not [name for name in names if name.endswith(".key")]


def test_it_names_its_program_and_licence(wheel: Path, names: frozenset[str]) -> None:
    with ZipFile(wheel) as archive:
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "holiday-classes = scheduler.__main__:main" in archive.read(points).decode()
    assert [name for name in names if name.endswith("LICENSE")]


def test_the_main_job_runs_from_it(installed: Path, tmp_path: Path) -> None:
    where = "import scheduler; print(scheduler.__file__)"
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert Path(found.stdout.decode().strip()).is_relative_to(installed)
    made = _run(installed, tmp_path, "new", "season.xlsx", "--example", "tiny")
    assert made.returncode == 0, made.stderr
    done = _run(installed, tmp_path, "run", "season.xlsx", "-o", "out", "--time-limit", "30")
    assert done.returncode == 0, done.stderr
    for path in ("private/plan.json", "private/coordinator/index.html", "publish/index.html"):
        assert (tmp_path / "out" / path).stat().st_size
    assert (tmp_path / "season.xlsx.key").stat().st_mode & 0o777 == 0o600
