"""Does the prose tell the truth: does its code run, do its flags exist, do its links lead somewhere?"""

from __future__ import annotations

import dataclasses
import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")])
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = {"sh", "bash", "shell", "console"}
SLOW_SECONDS = 1800  # for the blocks of one page


class Block(NamedTuple):
    page: Path
    words: tuple[str, ...]  # of the line that opens it: language, then marks
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(page, tuple(opening.split()), body) for opening, body in FENCE.findall(text)]


def pages_with_python(mark: str) -> list[Path]:
    """Pages with a python block that has (or, for '', has no) mark."""
    wanted = ("python", mark) if mark else ("python",)
    return [page for page in PAGES if any(block.words == wanted for block in blocks(page))]


def execute(page: Path, words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the blocks of a page in one namespace, in a folder that has the examples."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    monkeypatch.chdir(folder)
    namespace: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        if block.words == words:
            exec(compile(block.text, str(page.relative_to(ROOT)), "exec"), namespace)


def commands(page: Path) -> list[list[str]]:
    """Every `naeum …` line of a page's shell blocks, as words."""
    lines = [
        line for block in blocks(page) if block.words[:1] and block.words[0] in SHELL for line in joined(block.text)
    ]
    return [
        words for words in (shlex.split(line.lstrip("$ "), comments=True) for line in lines) if words[:1] == ["naeum"]
    ]


def joined(text: str) -> list[str]:
    return text.replace("\\\n", " ").splitlines()


def options_of(verb: str) -> set[str]:
    """The flags that a verb of the command line takes."""
    from typer.main import get_command

    from naeum.cli import app

    known = getattr(get_command(app()), "commands", {})
    assert verb in known, f"naeum {verb} must be a verb; known are {', '.join(known)}"
    return {flag for parameter in known[verb].params for flag in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", pages_with_python(""), ids=name_of)
def test_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(page, ("python",), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.timeout(SLOW_SECONDS)
@pytest.mark.parametrize("page", pages_with_python("slow"), ids=name_of)
def test_slow_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(page, ("python", "slow"), tmp_path, monkeypatch)


def test_every_python_block_is_run_by_one_of_the_two_tests_above() -> None:
    odd = [block for page in PAGES for block in blocks(page) if block.words[:1] == ("python",)]
    files = {
        ("python", name) for name in ("centroid.py", "longer.py", "shouting.py")
    }  # test_extend.py writes and runs them
    known = {("python",), ("python", "slow"), *files}
    assert [(name_of(b.page), b.words) for b in odd if b.words not in known] == []


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name_of)
def test_commands_use_flags_that_exist(page: Path) -> None:
    for words in commands(page):
        known = options_of(words[1]) if len(words) > 1 and not words[1].startswith("-") else {"--help", "--version"}
        given = {word.partition("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
        assert given <= known, shlex.join(words)


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_the_readme_names_every_option_of_a_climb(page: str) -> None:
    from naeum.improve.options import Options

    rows = re.findall(r"^\| (`--[^|]*)\|", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = {flag for row in rows for flag in re.findall(r"`--([a-z-]+)`", row)}
    options = {field.name.rstrip("_").replace("_", "-") for field in dataclasses.fields(Options)}
    assert named == options | {"config", "json", "verbose"}
    assert {f"--{flag}" for flag in named} <= options_of("improve")


def test_both_readmes_show_the_same_commands_and_code() -> None:
    one, other = (ROOT / "README.md", ROOT / "README.ko.md")
    assert commands(one) == commands(other)
    python = [
        [re.sub(r"\s*#.*", "", b.text) for b in blocks(page) if b.words[:1] == ("python",)] for page in (one, other)
    ]
    assert python[0] == python[1]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in targets if not (page.parent / target.partition("#")[0]).exists()] == []


def test_the_index_names_every_page() -> None:
    docs = ROOT / "docs"
    pages = {str(path.relative_to(docs)) for path in docs.rglob("*.md")} - {"index.md"}
    assert pages <= set(re.findall(r"\(([^):]+)\)", (docs / "index.md").read_text(encoding="utf-8")))


def test_make_targets_of_the_pages_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {
        target
        for page in PAGES
        for block in blocks(page)
        if block.words[:1] and block.words[0] in SHELL
        for target in re.findall(r"^make ([a-z]+)", block.text, flags=re.MULTILINE)
    }
    assert named <= targets
    assert {"setup", "check", "test", "slow", "bench", "demo", "clean"} <= targets


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_the_readme_names_every_place_that_is_written_to(page: str) -> None:
    said = (ROOT / page).read_text(encoding="utf-8")
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    places = {'/ "naeum-runs"': "~/naeum-runs", '/ "naeum" /': "~/.cache/naeum", "HF_HOME": "HF_HOME"}
    for written, told in places.items():
        assert written in source and told in said, told
