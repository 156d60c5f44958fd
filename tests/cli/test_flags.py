"""Has every option its flag, with help, and does only what was typed arrive?"""

import dataclasses

import pytest
import typer
from typer.testing import CliRunner

from naeum.cli.flags import with_options
from naeum.improve.options import Options

NAMES = [field.name for field in dataclasses.fields(Options)]


def run(*arguments):
    found = {}

    @with_options
    def verb(data: str = typer.Argument(...), **given: object) -> None:
        found.update(given, data=data)

    made = typer.Typer()
    made.command()(verb)
    result = CliRunner().invoke(made, list(arguments))
    return found, result


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_a_flag_with_help(name):
    _, result = run("--help")
    assert f"--{name.rstrip('_').replace('_', '-')} " in result.output


def test_only_what_was_typed_arrives():
    found, _ = run("a.csv", "--minutes", "5", "--without", "lora", "--without", "blend", "--no-test", "--seed", "0")
    assert found == {"data": "a.csv", "minutes": 5.0, "without": ["lora", "blend"], "no_test": True, "seed": 0}


@pytest.mark.parametrize("bad", [("--rungs", "2.5"), ("--minutes", "x"), ("--seed", "a"), ("--no-such", "1")])
def test_what_is_no_number_is_refused(bad):
    found, result = run("a.csv", *bad)
    assert result.exit_code == 2 and found == {}


def test_defaults_are_said():
    _, result = run("--help")
    assert "Default: 10." in " ".join(result.output.split())
