"""Are the pieces of units found, and is a long passage read whole?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.engine import bases, tokens
from naeum.model.spans import asked as reading
from naeum.model.spans import windows as cutting
from naeum.model.spans.windows import UNREAD, lots, windows
from naeum.testing.worlds import spans


def base_of(folder: str) -> bases.Base:
    return bases.find(folder, Policy(offline=True))


@pytest.mark.parametrize(("pieces", "room"), [(1, 5), (5, 5), (6, 5), (50, 7), (50, 3), (11, 2), (400, 100)])
def test_every_unit_is_owned_once_and_stands_inside(pieces: int, room: int) -> None:
    found = lots(pieces, np.arange(pieces), room)
    assert [at for _, _, owned in found for at in range(owned.start, owned.stop)] == list(range(pieces))
    for low, high, owned in found:
        assert 0 <= low < high <= pieces and high - low <= room
        assert low <= owned.start and owned.stop <= high
    edges = [min(owned.start - low, high - owned.stop) for low, high, owned in found[1:-1]]
    assert all(edge >= room // 6 - 1 for edge in edges), "inner units stand away from the ends"


def test_units_stand_for_the_pieces_that_overlap_them(tiny_base: str) -> None:
    data = spans.dataset([("the movie", "saw 영화 superb xyz", [(4, 6)]), ("정말", "", []), ("", "보고", [(0, 2)])])
    base, (_, given) = base_of(tiny_base), reading.answered(data)
    found = windows(base, given.asked, 32)
    assert found.rows.tolist() == [0, 2], "an empty passage has no window"
    texts = [one.text for one in tokens.spelled(base, "the movie saw 영화 superb xyz", 32)]
    before = texts.index("saw") + 1  # one special token stands between
    # no answer; saw, two units in one piece, superb, an unknown word
    assert found.first[:6].tolist() == found.last[:6].tolist() == [0, *(before + at for at in (0, 1, 1, 2, 3))]
    assert found.owner.tolist() == [-1, 1, 2, 3, 4, 5, -1, 8, 9]
    examples = found.answered(given)
    assert examples.soft is not None
    assert examples.soft[:6].tolist() == [[0, 0], [0, 0], [1, 0], [0, 1], [0, 0], [0, 0]]
    assert examples.soft[6:].tolist() == [[0, 0], [1, 0], [0, 1]]


def test_windows_that_lack_the_answer_want_none(tiny_base: str) -> None:
    passage = " ".join(["today"] * 60 + ["superb"])
    _, given = reading.answered(spans.dataset([("the", passage, [(len(passage) - 6, len(passage))])]))
    found = windows(base_of(tiny_base), given.asked, 20)
    wanted = found.answered(given).soft
    assert wanted is not None and len(found.rows) > 3 and set(found.rows) == {0}
    nothing = wanted[found.units[:-1]]
    assert nothing[:-1].tolist() == [[1, 1]] * (len(found.rows) - 1) and nothing[-1].tolist() == [0, 0]
    assert found.pieces.lengths.max() <= 20


def test_scores_of_windows_are_against_no_answer_in_each(tiny_base: str) -> None:
    found = windows(base_of(tiny_base), reading.asked(spans.dataset([("the", "saw " * 40, None)]).rows, spans.TASK), 20)
    logs = np.zeros((len(found.owner), 2), np.float32)
    for at, low in enumerate(found.units[:-1]):
        logs[low] = -at  # what a window says of no answer does not move the others
    scores = found.scores(logs)
    assert scores[0].tolist() == [0, 0]
    assert scores[1:, 0].tolist() == np.repeat(np.arange(len(found.rows)), np.diff(found.units) - 1).tolist()


def test_what_no_window_holds_is_unread(tiny_base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MOST_WINDOWS", 2)
    found = windows(base_of(tiny_base), reading.asked(spans.dataset([("the", "saw " * 90, None)]).rows, spans.TASK), 20)
    scores = found.scores(np.zeros((len(found.owner), 2), np.float32))
    assert len(found.rows) == 2 and (scores[-30:] == UNREAD).all() and (scores[:10] == 0).all()


def test_a_long_question_leaves_room_for_the_passage(tiny_base: str) -> None:
    rows = spans.dataset([("movie " * 500, "saw superb", None)]).rows
    found = windows(base_of(tiny_base), reading.asked(rows, spans.TASK), 16)
    assert len(found.rows) == 1 and found.pieces.lengths[0] <= 16 and len(found.owner) == 3


def test_no_rows_have_no_windows(tiny_base: str) -> None:
    found = windows(base_of(tiny_base), reading.asked(spans.make(2).rows.slice(0, 0), spans.TASK), 16)
    assert len(found.bare()) == 0 and found.scores(np.empty((0, 2), np.float32)).shape == (0, 2)
