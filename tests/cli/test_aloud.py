"""Does the shell speak the language of whoever types?"""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from naeum import tongue
from naeum.cli import app
from naeum.cli.aloud import padded, paragraphs, tell, warn


def run(*args: str, **environment: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app(), list(args), env={"LANG": "C", "LC_ALL": "C", "NAEUM_LANG": "", **environment})
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("args", [("--lang", "ko"), ("--lang=ko",)])
@pytest.mark.parametrize("first", [True, False])
def test_the_language_may_stand_anywhere(args: tuple[str, ...], first: bool) -> None:
    verb = ("why", "nowhere")
    code, _, told = run(*(*args, *verb) if first else (*verb, *args))
    assert code == 2
    assert told.startswith("naeum: ")
    assert "합니다" in told or "없습니다" in told
    assert run(*verb, NAEUM_LANG="ko")[2] == told
    assert run(*verb, LC_ALL="ko_KR.UTF-8")[2] == told
    assert "합니다" not in run(*verb)[2]


def test_help_is_in_the_language() -> None:
    _, told, _ = run("improve", "--help", "--lang", "ko")
    assert "한 단계씩" in told
    assert run("improve", "--help")[1] != told
    assert "한 단계씩" not in run("improve", "--help")[1]


def test_a_language_that_is_not_spoken_is_refused() -> None:
    assert run("why", "x", "--lang", "fr") == (
        2, "", "naeum: the language must be en or ko; got 'fr'; leave --lang out for yours\n"
    )  # fmt: skip
    assert run("why", "x", "--lang") == (
        2, "", "naeum: --lang must be followed by a language; got none; say --lang ko or --lang en\n"
    )  # fmt: skip


def test_prose_is_told_and_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    with tongue.speaking("ko"):
        tell("kept")
        warn("not kept")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("유지\n", "naeum: 유지 안 함\n")


def test_hangul_takes_two_columns() -> None:
    assert padded("기준선", 8) == "기준선  "
    assert padded("too long", 3) == "too long"


def test_paragraphs_are_said_one_by_one() -> None:
    with tongue.speaking("ko"):
        assert paragraphs("not\nkept\n\nkept") == "유지 안 함\n\n유지"
