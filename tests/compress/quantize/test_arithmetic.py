"""Are numbers that do not go together refused?"""

import pytest

from naeum.compress.quantize.arithmetic import WEIGHTS, Arithmetic, weights_alone
from naeum.errors import InputError


def test_the_usual_arithmetic_multiplies_bytes():
    assert not Arithmetic().alone and Arithmetic().group == 0 and Arithmetic().called == "eight bits"


@pytest.mark.parametrize("weights", WEIGHTS)
def test_weights_alone_have_a_usual_grain(weights):
    found = weights_alone(weights)
    assert found.alone and found.weights == weights and found.called


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"weights": "int3"}, "weights must be one of int8, int4, nf4, float16, bfloat16; got 'int3'"),
        ({"activations": "int8"}, "activations must be one of uint8, float32; got 'int8'"),
        ({"grain": "16"}, "grain must be one of tensor, channel, 32, 64, 128; got '16'"),
        ({"balance": 1.5}, r"balance must be from 0 to 1; got 1\.5; 0\.5 is usual"),
        ({"weights": "int4", "grain": "32"}, "activations in uint8 must go with weights in int8, .*; got int4 of 32"),
        ({"grain": "32"}, "activations in uint8 must go with weights in int8, .*; got int8 of 32"),
        ({"weights": "nf4", "activations": "float32"}, "weights in nf4 must share steps in groups of .*; got channel"),
    ],
)
def test_other_numbers_are_refused(given, match):
    with pytest.raises(InputError, match=match):
        Arithmetic(**given)
