"""Is all there that makes the run again?"""

from naeum.report.sections.reproducibility import reproducibility
from naeum.report.view import View


def test_command_versions_hashes_options_and_recipe_are_there(korean):
    text = reproducibility(View(korean)).body
    for said in ("naeum improve reviews.csv --minutes 15", "2.13.0", "9f" * 16, "minutes", "&quot;calibrated&quot;"):
        assert said in text


def test_the_folder_of_the_program_is_left_out(korean):
    korean.environment["command"] = "/home/you/.venv/bin/naeum improve a.csv"
    text = reproducibility(View(korean)).body
    assert "<pre><code>naeum improve a.csv</code></pre>" in text


def test_nested_versions_are_spread_out(korean):
    korean.environment["libraries"] = {"scipy": "1.17.1"}
    assert "libraries.scipy" in reproducibility(View(korean)).body


def test_without_a_command_the_options_file_is_named(korean):
    del korean.environment["command"]
    assert "naeum improve --config" in reproducibility(View(korean)).body
