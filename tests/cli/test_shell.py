"""Does the command behave in a real shell: exit codes, speed, quiet pipes?"""

import os
import subprocess
import sys
import time

import pytest

HELP_SECONDS = 0.4  # of processor time: the machine may be busy with other work


def naeum(*arguments, **options):
    call = [sys.executable, "-c", "import sys; from naeum.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", timeout=120, check=False, **options)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 0, "naeum improve intents.csv"),
        (("--version",), 0, "naeum 0."),
        (("improve",), 2, "naeum: improve must be given data; got none; name a file, as in: naeum improve intents.csv"),
        (("improve", "a.csv", "--minutes", "0"), 2, "naeum: minutes must be above 0; got 0; give a larger number"),
        (("improve", "a.csv", "--minutes", "soon"), 2, "--minutes"),
        (("improve", "a.csv", "--only", "lora", "--without", "lora"), 2, "'lora' does; take it out of one"),
        (("improve", "a.csv", "--no-test", "--test", "b.csv"), 2, "no_test must not be set together with test"),
        (("improve", "--config", "none.yaml"), 2, "none.yaml must be a file of options; there is none"),
        (("imprve",), 2, "imprve"),
        (("predict", "RUN"), 2, "predict must be given both FILE and --out, or --oof; got neither"),
        (("predict",), 2, "Missing argument"),
    ],
)
def test_exit_codes_and_first_words(arguments, code, words, tmp_path):
    done = naeum(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) == (code == 0)


def test_help_is_quick_and_loads_nothing_heavy():
    before = os.times()
    started = time.monotonic()
    done = naeum("--help")
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    assert done.returncode == 0 and "improve" in done.stdout
    assert min(spent, time.monotonic() - started) < HELP_SECONDS
    code = (
        "import sys, naeum.cli; print([m for m in ('numpy', 'torch', 'pandas', 'pyarrow', 'rich') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_reader_who_leaves_is_not_an_error_message():
    call = [sys.executable, "-c", "import sys; from naeum.cli import main; sys.exit(main())", "--version"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()  # long before the first word is ready
        said = process.stderr.read()
    assert (process.returncode, said) == (141, "")


def test_hangul_survives_a_shell_of_another_encoding(tmp_path):
    done = naeum(
        "improve", "없는파일.csv", "--minutes", "0", cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "offered"), [("naeum pre", "predict"), ("naeum improve --max-la", "--max-latency-ms")]
)
def test_the_tab_key_completes_verbs_and_flags(typed, offered):
    code = "import sys; sys.argv = ['naeum']; from naeum.cli import main; sys.exit(main())"
    words = {"_NAEUM_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **words}, capture_output=True, text=True)
    assert offered in done.stdout.split(), done
