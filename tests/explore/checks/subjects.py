"""Which subjects do the tests of checks look at, and how does one come to have been looked at?"""

from __future__ import annotations

from typing import Any

from naeum.explore.loading import opened
from naeum.explore.subject import Subject, subject_of

ROWS = [{"text": f"문장 {n} 입니다", "label": "ab"[n % 2]} for n in range(40)]
TEXTS = subject_of(opened(ROWS), target="label", text=("text",))
NUMBERS = subject_of(opened([{"age": str(n)} for n in range(40)]))


def seen(subject: Subject = TEXTS, **parts: Any) -> Subject:
    """The subject after parts of the analysis found this."""
    for name, found in parts.items():
        subject = subject.with_seen(name, found)
    return subject


def signs(**rows: int) -> dict[str, Any]:
    """What the part `signs` found in a thousand texts: rows of each pattern, and broken ones."""
    kinds = {
        "email": "personal",
        "phone_kr": "personal",
        "resident_number": "personal",
        "url": "address",
        "html_tag": "markup",
    }
    patterns = {
        name: {
            "title": name.replace("_", " "),
            "kind": kind,
            "rows": rows.get(name, 0),
            "named": list(range(rows.get(name, 0))),
        }
        for name, kind in kinds.items()
    }
    broken = rows.get("broken", 0)
    return {"rows": 1000, "patterns": patterns, "broken": {"rows": broken, "named": list(range(broken))}}
