"""Does naeum climb, explain and answer where nothing but its core is installed?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from naeum import extras

# What an extra brings cannot be found; the path finder is asked for everything else as ever.
ALONE = f"""
import sys
from importlib.machinery import PathFinder

ABSENT = {sorted(set(extras.EXTRA_OF) - {"PIL"})!r}  # matplotlib brings Pillow

class Core:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None if name.partition(".")[0] in ABSENT else PathFinder.find_spec(name, path, target)

    find_distributions = staticmethod(PathFinder.find_distributions)

sys.meta_path[:] = [Core if one is PathFinder else one for one in sys.meta_path]
"""
CLIMB = """
import json, naeum
from naeum import extras

assert extras.installed() <= {"PIL"}
notes = []
data = naeum.read("rows.csv", target="label")
ladder = naeum.improve(data, rungs=4, run="실행", watch=lambda event: notes.append(event.get("text")))
report = naeum.report(ladder, "report.html")
print(json.dumps({
    "kinds": [rung.learner.kind for rung in ladder.rungs], "finished": ladder.finished, "size": report.stat().st_size,
    "answers": len(ladder.champion.predict(["영화 좋다", ""])), "notes": [note for note in notes if note],
}))
"""
WORDS = "영음배이장감결대화극친가주저시표노웃눈여"
SAID = "좋다", "아깝다"
TEXTS = ["text,label"]
TEXTS += [f"{WORDS[at % 20]} {WORDS[at * 7 % 19]} {WORDS[at * 11 % 17]} {SAID[at % 2]},{at % 2}" for at in range(120)]


def test_a_climb_ends_with_a_report_and_answers(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("\n".join(TEXTS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ALONE + CLIMB],
        capture_output=True, encoding="utf-8", cwd=tmp_path, check=False, timeout=120,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["finished"] and said["answers"] == 2 and said["size"] > 10_000
    assert "tfidf_logistic" in said["kinds"] and not {"hashed_ngrams", "char_convolution"} & set(said["kinds"])
    assert any("torch is not installed" in note for note in said["notes"])
