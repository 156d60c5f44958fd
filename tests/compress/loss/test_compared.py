"""Is what a smaller model lost told row by row, class by class and layer by layer?"""

import json

import numpy as np
import pytest

from naeum.compress.loss import Loss, compared
from naeum.compress.loss.carried import Carried
from naeum.compress.loss.compared import layers_of
from naeum.contract import subset
from naeum.errors import InputError
from naeum.testing.data import make
from naeum.testing.worlds import world


def test_rows_that_flipped_are_counted_both_ways(answers):
    data = make(60)
    found = compared(answers(data, (0, 1)), answers(data, (1, 2, 3)), data)
    assert (found.flips, found.worse, found.better, found.rows) == (3, 2, 1, 60)
    assert found.worse_ids == tuple(sorted(int(data.ids[at]) for at in (2, 3)))
    assert found.better_ids == (int(data.ids[0]),)
    assert found.loss == pytest.approx((58 - 57) / 58) and found.p == 1.0


def test_it_is_json_and_layers_come_back(answers):
    data = make(60)
    layers = (Carried("layer.0", 0.8, 20.0, 3.0), Carried("", 0.2, 30.0, 1.0))
    found = compared(answers(data), answers(data, range(12)), data, layers=layers)
    told = json.loads(json.dumps(found.to_json()))
    assert told["next"] == found.next and told["said"].endswith(found.next)
    assert layers_of({"loss": told}) == layers and layers_of({}) == ()
    assert isinstance(found, Loss)


def test_rows_without_a_label_are_left_out(answers):
    data = make(20)
    bare = subset(data, np.arange(20), "bare")
    bare.target[:5] = -1
    assert compared(answers(data), answers(data), bare).rows == 15


@pytest.mark.parametrize("name", ["tags", "labels", "numbers", "ordered"])
def test_every_kind_of_answer_is_compared_with_itself_without_loss(name, tmp_path):
    from naeum.model.floor import Majority
    from naeum.testing.runs import TinyRun

    parts = world(name).parts(24)
    outputs = Majority().fit(parts, TinyRun(tmp_path)).predict(parts.tune.rows)
    found = compared(outputs, outputs, parts.tune, fit=parts.fit)
    assert (found.loss, found.flips, found.worse, found.better) == (0, 0, 0, 0)
    assert found.next == "Next: nothing, as nothing was lost."


def test_answers_to_other_rows_are_refused(answers):
    data = make(20)
    some = answers(data).take(range(10))
    with pytest.raises(InputError, match="must answer the same 20 rows to be compared; got 10 and 20 answers"):
        compared(some, answers(data), data)
    bare = subset(data, np.arange(20), "bare")
    bare.target[:] = -1
    with pytest.raises(InputError, match="must be compared on labelled rows; none of these is"):
        compared(answers(data), answers(data), bare)
