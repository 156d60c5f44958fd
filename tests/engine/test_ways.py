"""Is a way kept as JSON and said in a few words?"""

from naeum.engine.ways import HALF, OPENVINO, Way


def test_a_way_is_kept_and_said():
    way = Way(OPENVINO, HALF, 4, 1, 512)
    assert Way.from_json(way.to_json()) == way
    assert way.said == "openvino in bfloat16, one batch of 512 tokens at a time on 4 threads"
    assert Way(threads=1).said == "torch in float32 on 1 thread"
