"""D24: does a share of texts with tags fire it?"""

from naeum.explore.checks.d24 import Markup
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


TRIAL = Trial(Markup(), fires=seen(signs=signs(html_tag=30)), quiet=seen(signs=signs(email=30)), not_applicable=BARE)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_little_markup_is_a_tip():
    assert Markup().look(seen(signs=signs(html_tag=2))).severity == "tip"
    assert Markup().look(seen(signs=signs(html_tag=30))).severity == "warning"
