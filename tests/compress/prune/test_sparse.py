"""Is every array read back as it was, in the smallest format, whose size is what was reckoned?"""

import numpy as np
import pytest

from naeum.compress.prune.sparse import (
    BITMAP,
    COO,
    CSC,
    CSR,
    DENSE,
    FORMATS,
    measured,
    packed,
    restored,
    sizes,
    smallest,
    stored,
    told,
    unpacked,
)


def matrix(shape, zeros, seed=0):
    draw = np.random.default_rng(seed)
    found = draw.normal(size=shape).astype(np.float32)
    found[draw.random(shape) < zeros] = 0
    return found


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("shape", [(7, 300), (300, 7), (1, 1), (40, 40)])
@pytest.mark.parametrize("zeros", [0.0, 0.5, 0.97, 1.0])
def test_every_format_gives_the_array_back_and_takes_what_was_reckoned(format, shape, zeros):
    array = matrix(shape, zeros)
    found = packed(array, format)
    again = unpacked(found)
    assert again.dtype == array.dtype
    np.testing.assert_array_equal(again, array)
    assert found.bytes == measured(array)[format]


@pytest.mark.parametrize(
    ("shape", "zeros", "format"),
    [((200, 300), 0.0, DENSE), ((200, 300), 0.5, BITMAP), ((200, 900), 0.995, CSR), ((900, 200), 0.995, CSC)],
)
def test_the_smallest_is_taken(shape, zeros, format):
    assert smallest(matrix(shape, zeros)).format == format


def test_of_a_few_numbers_in_a_large_matrix_the_places_are_least():
    array = np.zeros((250, 250), np.float32)
    array[3, 4] = 1
    assert smallest(array).format == COO


def test_what_is_no_matrix_stays_as_it_is():
    line, none = np.zeros(1000, np.float32), np.zeros((0, 5), np.float32)
    assert smallest(line).format == smallest(none).format == DENSE
    assert unpacked(smallest(line)) is line


def test_arrays_are_stored_and_restored_by_name():
    arrays = {"a.weight": matrix((30, 40), 0.9), "a.bias": np.zeros(30, np.float32), "b": matrix((30, 40), 0.0)}
    parts, formats = stored(arrays)
    assert set(formats) == {"a.weight"}
    again = restored(parts, formats)
    assert set(again) == set(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(again[name], array)


def test_sizes_are_of_all_matrices_and_told_with_what_they_do_not_bring():
    arrays = {"a": matrix((100, 100), 0.8), "b": matrix((100, 100), 0.0, 1), "c": np.zeros(9, np.float32)}
    found = sizes(arrays)
    assert found[DENSE] == 2 * 100 * 100 * 4
    assert found["stored"] == smallest(arrays["a"]).bytes + 100 * 100 * 4 < min(found[one] for one in FORMATS)
    assert "answering is not faster" in told(found)
    assert CSR in found and CSC in found
