"""D27: do lost letters fire it?"""

from naeum.explore.checks.d27 import BrokenSigns
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"text": f"문장 {n} 입니다", "label": "ab"[n % 2]} for n in range(40)]
BARE = subject_of(opened(ROWS), target="label", text=("text",))


def seen(**parts):
    subject = BARE
    for name, found in parts.items():
        subject = subject.with_seen(name, found)
    return subject


def signs(**rows):
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


TRIAL = Trial(BrokenSigns(), fires=seen(signs=signs(broken=2)), quiet=seen(signs=signs()), not_applicable=BARE)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_a_single_row_among_many_is_a_tip():
    few = {**signs(broken=1), "rows": 100_000}
    assert BrokenSigns().look(seen(signs=few)).severity == "tip"
    assert BrokenSigns().look(seen(signs=signs(broken=1))).severity == "warning"
