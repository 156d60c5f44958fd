"""D40: do files that cannot be read fire it?"""

from naeum.explore.checks.d40 import UnreadableImages
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = UnreadableImages()


def pictures(**faults):
    told = {kind: {"count": count, "rows": list(range(count)), "shown": [{"path": f"개/{kind}.jpg"}]}
            for kind, count in faults.items()}  # fmt: skip
    return {"images": 400, "faults": told}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(damaged=5, empty=1)),
        quiet=seen(NUMBERS, pictures=pictures()),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_one_of_many_is_a_warning_with_its_file():
    found = CHECK.look(seen(NUMBERS, pictures=pictures(damaged=1)))
    assert found.severity == "warning" and found.rows == (0,)
    assert found.seen == "1 file of 400 (0.25 %) cannot be read: 1 damaged."
