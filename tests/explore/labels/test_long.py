"""Are labels of annotators that stand below each other seen as such?"""

import numpy as np
import pytest

from naeum.errors import NotApplicable
from naeum.explore.labels import annotators
from naeum.explore.labels.long import long_form

RNG = np.random.default_rng(0)
TRUTH = RNG.integers(0, 2, 60)


def rows(wrong, people=("김", "이", "박")):
    """Each of sixty items labelled by every annotator, some of them wrongly."""
    made = []
    for item, true in enumerate(TRUTH.tolist()):
        for person in people:
            code = 1 - true if RNG.random() < wrong else true
            made.append({"문장_id": f"s{item % 60}", "annotator": person, "label": "부정긍정"[2 * code : 2 * code + 2]})
    return made


def test_items_by_annotators(plain):
    found = long_form(plain(rows(0.0), "label"), annotators.NAMED)
    assert (found.item, found.person, found.people) == ("문장_id", "annotator", ("김", "박", "이"))
    assert found.codes.shape == (60, 3) and found.labels == ("긍정", "부정") and found.row[:3].tolist() == [0, 3, 6]
    assert (found.codes == (1 - TRUTH)[:, None]).all() and found.left_out == 0


def test_agreement_of_people_that_err(plain):
    alike, apart = (annotators.look(plain(rows(wrong), "label")) for wrong in (0.0, 0.3))
    assert alike["krippendorff"] == 1.0 and alike["items"] == 60 and alike["disagree"] == 0
    assert apart["krippendorff"] < 0.5 and apart["long"]["person"] == "annotator"
    assert set(apart["shown"][0]["labels"]) <= {"김", "이", "박"} and apart["shown"][0]["row"] % 3 == 0


def test_of_two_labels_of_one_annotator_the_first_counts(plain):
    twice = [*rows(0.0), {"문장_id": "s0", "annotator": "김", "label": "모름"}]
    found = long_form(plain(twice, "label"), annotators.NAMED)
    assert found.codes[0, 0] == found.labels.index("부정긍정"[2 * TRUTH[0] : 2 * TRUTH[0] + 2])


def test_rows_that_are_labelled_once_are_not_of_that_form(plain):
    once = [{"id": f"s{n}", "annotator": "김이박"[n % 3], "label": "ab"[n % 2]} for n in range(90)]
    assert long_form(plain(once, "label"), annotators.NAMED) is None
    with pytest.raises(NotApplicable, match="or one of annotators; there are none"):
        annotators.look(plain(once, "label"))
