"""Does what goes to Label Studio come back, with several people's answers?"""

import json
from xml.etree import ElementTree

import pytest

from naeum.errors import InputError
from naeum.explore.labels.studio import answers, config, tasks

ROWS = [
    {"row": 4, "text": "별로였어요", "label": "긍정", "why": "suspect", "suggested": "부정", "score": 0.05},
    {"row": 9, "text": "<b>글</b>", "label": "부정", "why": "conflict"},
]


def said(*choices, cancelled=False):
    result = [{"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": list(choices)}}]
    return {"result": result, "was_cancelled": cancelled, "completed_by": 1}


def exported(*given):
    """What Label Studio exports of our tasks once people answered."""
    document = json.loads(json.dumps(tasks(ROWS), ensure_ascii=False))
    return [{**task, "annotations": list(people)} for task, people in zip(document, given, strict=True)]


def test_a_page_is_xml_with_every_class():
    page = ElementTree.fromstring(config(("긍정", 'a"<&b')))
    assert [one.get("value") for one in page.iter("Choice")] == ["긍정", 'a"<&b']
    assert page.find("Text").get("value") == "$text" and page.find("Choices").get("toName") == "text"


def test_tasks_carry_row_label_reason_and_suggestion():
    one, other = tasks(ROWS)
    assert one["data"] == {"text": "별로였어요", "naeum_row": 4, "naeum_label": "긍정", "naeum_reason": "suspect"}
    assert one["predictions"][0]["score"] == 0.95 and one["id"] == 5
    assert one["predictions"][0]["result"][0]["value"] == {"choices": ["부정"]}
    assert "predictions" not in other


def test_answers_come_back():
    found = answers(exported([said("부정")], [said("부정")]), ("긍정", "부정"))
    assert found.labels == {4: "부정", 9: "부정"} and found.divided == () and found.alpha is None


def test_the_majority_counts_and_a_tie_is_told():
    found = answers(exported([said("부정"), said("부정"), said("긍정")], [said("긍정"), said("부정")]))
    assert (
        found.labels == {4: "부정"} and found.divided == (9,) and found.alpha == pytest.approx(-1 / 3)
    )  # 1 - (4 / 5) / (12 / 20)


def test_cancelled_and_empty_answers_do_not_count():
    assert answers(exported([said("부정", cancelled=True)], [])).labels == {}
    assert answers(exported([{"result": []}], [said("부정")])).labels == {9: "부정"}


def test_the_short_form_is_read_too():
    found = answers([{"id": 5, "naeum_row": 4, "text": "x", "label": "부정"}, {"id": 6, "naeum_row": 9, "text": "y"}])
    assert found.labels == {4: "부정"}


@pytest.mark.parametrize(
    "document, message",
    [
        ({"tasks": []}, "must be a list of tasks"),
        ([{"data": {"text": "x"}}], "must have naeum_row"),
        (
            [{"data": {"naeum_row": 1}, "annotations": [said("중립")]}],
            "must be one of the classes; got '중립' for row 1",
        ),
    ],
)
def test_other_documents_are_refused(document, message):
    with pytest.raises(InputError, match=message):
        answers(document, ("긍정", "부정"))
