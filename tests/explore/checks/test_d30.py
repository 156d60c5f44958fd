"""D30: do equal texts with different labels fire it?"""

from naeum.explore.checks.d30 import ConflictingLabels
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def conflicts(equal, near, share=0.01):
    def told(inputs):
        return {
            "inputs": inputs,
            "rows": 2 * inputs,
            "share": share if inputs else 0.0,
            "named": list(range(2 * inputs)),
        }

    return {"equal": told(equal), "near": told(near)}


TRIAL = Trial(
    ConflictingLabels(),
    fires=seen(conflicts=conflicts(2, 3)),
    quiet=seen(conflicts=conflicts(0, 0)),
    not_applicable=TEXTS,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_near_copies_alone_fire_it_and_few_rows_are_a_tip():
    found = ConflictingLabels().look(seen(conflicts=conflicts(0, 1, 0.001)))
    assert found.severity == "tip" and found.numbers["near_texts"] == 1 and len(found.rows) == 2
    assert ConflictingLabels().look(seen(conflicts=conflicts(2, 3))).severity == "warning"
