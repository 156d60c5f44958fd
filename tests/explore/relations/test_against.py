"""Is the target shown against numbers as boxes, against categories as shares, and numbers against numbers as points?"""

ROWS = [
    {"x": str(n % 40), "city": "서울"[n % 2], "size": str(n % 40 * 2 + n % 3), "label": "ab"[n % 2]} for n in range(160)
]


def shown(looked, target):
    return {one["column"]: one for one in looked(ROWS, target).part("relations")["against"]}


def test_a_target_of_classes(looked):
    found = shown(looked, "label")
    assert found["x"]["kind"] == "boxes" and len(found["x"]["boxes"]) == 2 and found["x"]["groups"] == ["a", "b"]
    assert found["city"]["shares"] in ([[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]])


def test_a_target_of_numbers(looked):
    found = shown(looked, "size")
    assert found["x"]["kind"] == "points" and len(found["x"]["x"]) == len(found["x"]["y"]) == 160
    assert found["city"]["kind"] == "boxes of the target"
