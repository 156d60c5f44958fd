"""Do the user's rows stay on the machine?"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from naeum.testing import data

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "naeum"
# Packages that can talk to another machine, and who may use them.
TALKERS = {
    "socket", "http", "urllib", "ftplib", "smtplib", "telnetlib", "xmlrpc", "ssl", "requests", "httpx", "aiohttp",
    "urllib3", "websockets", "boto3", "paramiko", "huggingface_hub", "wandb", "mlflow", "sentry_sdk", "posthog",
}  # fmt: skip
MAY_TALK = {"engine": {"huggingface_hub"}}  # base models are fetched from the hub, when the user allows it

# Runs in a fresh interpreter: whatever would leave the machine is written down and refused.
CHILD = """
import json, sys
tried = []
WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}

def watch(event, found):
    if event in WATCHED:
        address = found[0] if event.endswith(("info", "byname")) else found[1]
        host = address[0] if isinstance(address, tuple) else address
        stays = isinstance(host, (bytes, type(None))) or str(host).startswith(("/", "127.", "::1", "localhost"))
        if not stays:
            tried.append(f"{event} {address}")
            raise OSError("refused by the test")

sys.addaudithook(watch)
result = None
try:
    exec(sys.argv[1])
finally:
    print(json.dumps({"tried": tried, "result": result}))
"""


def watched(code: str, folder: Path) -> dict[str, Any]:
    """What `code` (it may set `result`) tried to reach, without any switch in the environment that keeps it offline."""
    environment = {
        name: value for name, value in os.environ.items() if "OFFLINE" not in name and "TELEMETRY" not in name
    }
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, code], cwd=folder, env=environment, capture_output=True, text=True, timeout=280
    )
    assert ended.stdout, ended.stderr[-3000:]
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    assert ended.returncode == 0 or told["tried"], ended.stderr[-3000:]
    return told


def test_the_watch_sees_a_call_to_another_machine(tmp_path: Path) -> None:
    code = "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80))\nexcept OSError:\n    pass"
    assert watched(code, tmp_path)["tried"] == ["socket.getaddrinfo 192.0.2.1"]


@pytest.mark.parametrize("korean", [False, True])
def test_a_climb_a_report_and_answers_stay_on_the_machine(korean: bool, tmp_path: Path) -> None:
    made = data.make(240, korean=korean)
    frame = made.rows.to_pandas()
    frame["label"] = [made.task.classes[code] for code in made.target]
    frame.to_csv(tmp_path / "rows.csv", index=False)
    code = (
        "import naeum\n"
        "ladder = naeum.improve('rows.csv', target='label', rungs=3, offline=True, threads=1, run='run')\n"
        "naeum.report(ladder, 'report.html')\n"
        "result = [len(ladder.rungs), len(ladder.champion.predict(['good', '좋아요']).labels)]"
    )
    told = watched(code, tmp_path)
    assert told == {"tried": [], "result": [3, 2]}
    assert (tmp_path / "report.html").exists()


def test_only_the_room_that_fetches_base_models_can_talk() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            used = {name.split(".")[0] for name in names} & TALKERS - MAY_TALK.get(room, set())
            found += [f"{path.relative_to(SOURCE)}:{node.lineno} {name}" for name in used]
    assert found == []


def test_the_report_asks_nothing_of_the_network() -> None:
    """No page of ours names a script, style, font or picture elsewhere."""
    pages = [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.css"), *SOURCE.rglob("*.js")]
    calls = ('src="http', "src='http", 'href="http', "url(http", "@import", "fetch(", "XMLHttpRequest", "sendBeacon")
    assert pages
    found = [(page.name, call) for page in pages for call in calls if call in page.read_text(encoding="utf-8")]
    assert found == [("answer.js", "fetch(")]  # the page of an exported model reads its parts, from its own folder
    answering = next(page for page in pages if page.name == "answer.js").read_text(encoding="utf-8")
    assert answering.count("fetch(") == answering.count("fetch(`${folder}/${name}`)") == 1
