"""Is every batch answered, by a session that takes one at a time and by one that takes several?"""

from naeum.compress.reading import streams

BATCHES = [("a", {"x": 1}), ("b", {"x": 2})]


class One:
    def run(self, names, given):
        return [given["x"] * 10]


class Several(One):
    def each(self, batches):
        for where, given in reversed(list(batches)):
            yield where, given["x"] * 100


def test_a_session_answers_one_batch_after_the_other():
    assert list(streams.answered(One(), iter(BATCHES))) == [("a", 10), ("b", 20)]


def test_one_that_takes_several_is_given_all():
    assert list(streams.answered(Several(), iter(BATCHES))) == [("b", 200), ("a", 100)]
