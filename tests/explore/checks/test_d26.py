"""D26: do empty texts fire it?"""

from naeum.explore.checks.d26 import EmptyTexts
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


def lengths(empty):
    return {"rows": 1000, "empty": empty, "empty_rows": list(range(empty))}


TRIAL = Trial(
    EmptyTexts(),
    fires=seen(lengths=lengths(3), signs={"without_letters": 9}),
    quiet=seen(lengths=lengths(0)),
    not_applicable=BARE,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_many_are_a_warning():
    assert EmptyTexts().look(seen(lengths=lengths(3))).severity == "tip"
    found = EmptyTexts().look(seen(lengths=lengths(20)))
    assert found.severity == "warning" and found.rows == tuple(range(20)) and found.numbers["share"] == 0.02
