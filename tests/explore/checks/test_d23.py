"""D23: does a single address fire it, without keeping it?"""

from naeum.explore.checks.d23 import PersonalData
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


TRIAL = Trial(
    PersonalData(), fires=seen(signs=signs(email=1, phone_kr=2)), quiet=seen(signs=signs(url=9)), not_applicable=BARE
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_secret_numbers_are_an_issue():
    assert PersonalData().look(seen(signs=signs(email=3))).severity == "warning"
    found = PersonalData().look(seen(signs=signs(resident_number=1, email=3)))
    assert (
        found.severity == "issue"
        and found.rows == (0, 1, 2)
        and found.numbers == {"email": 3.0, "resident_number": 1.0}
    )
