"""Is a way kept as JSON and said in a few words?"""

from naeum.engine.ways import CUDA, EXACT, HALF, LARGE, ONNXRUNTIME, OPENVINO, TORCH, Way, shares, sizes


def test_a_way_is_kept_and_said():
    way = Way(OPENVINO, HALF, 4, 1, 512)
    assert Way.from_json(way.to_json()) == way
    assert way.said == "openvino in bfloat16, one batch of 512 tokens at a time on 4 threads"
    assert Way(threads=1).said == "torch in float32 on 1 thread"


def shapes(way, cores):
    return [(one.threads, one.streams) for one in shares(way, cores)]


def test_fewer_threads_and_more_batches_at_a_time_are_worth_a_trial():
    assert shapes(Way(OPENVINO, threads=1), 1) == [(1, 1)]
    assert shapes(Way(OPENVINO, threads=2), 2) == [(2, 2), (2, 1), (1, 1)]
    assert shapes(Way(OPENVINO, threads=2), 1) == [(2, 2), (2, 1), (1, 1)]  # two hardware threads of one core
    assert shapes(Way(ONNXRUNTIME, threads=6), 3) == [(6, 6), (6, 1), (3, 3), (3, 1), (6, 3), (1, 1)]
    assert shapes(Way(TORCH, threads=2), 2) == [(2, 1), (1, 1)]
    # What the user allows is never exceeded, however many cores there are.
    assert max(threads for threads, _ in shapes(Way(OPENVINO, threads=2), 64)) == 2
    assert len(shapes(Way(OPENVINO, threads=128), 64)) <= 12


def test_a_share_keeps_engine_exactness_and_budget():
    way = Way(OPENVINO, HALF, 4, 2, 512)
    assert {(one.engine, one.precision, one.budget) for one in shares(way, 4)} == {(OPENVINO, HALF, 512)}
    assert {(one.threads, one.streams) for one in sizes(way)} == {(4, 2)} and sizes(Way(TORCH)) == ()


def test_a_gpu_is_given_large_batches_one_or_two_at_a_time():
    way = Way(ONNXRUNTIME, threads=8, budget=4_096, device=CUDA)
    assert shapes(way, 8) == [(8, 1), (8, 2)] and [one.budget for one in sizes(way)] == list(LARGE)
    assert shapes(Way(TORCH, threads=8, device=CUDA, compiled=True), 8) == [(8, 1)]
    assert Way(TORCH, device=CUDA, compiled=True).kind == "torch float32 cuda compiled"
    assert way.kind == "onnxruntime float32 cuda" and Way(OPENVINO, EXACT).kind == "openvino float32"
    assert Way.from_json(way.to_json()) == way
    assert Way.from_json({"engine": "openvino", "precision": "float32"}).device == "cpu"  # of an older naeum
