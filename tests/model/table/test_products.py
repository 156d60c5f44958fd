"""Are columns and their products weighed and summed?"""

import numpy as np

from naeum.model.table.products import crossed, summed


def test_the_sum_of_centred_columns_and_products():
    matrix = np.array([[2.0, 3.0], [0.0, 1.0]])
    wide = crossed(matrix, 2, (0, 1))
    slopes, center, spread = np.arange(5.0)[:, None], np.ones(5), np.full(5, 2.0)
    own = (wide - 1) / 2 @ slopes + 7
    np.testing.assert_allclose(summed(matrix, (slopes, np.array([7.0]), center, spread), 2, (0, 1)), own)
    assert summed(matrix, (slopes[:2], np.zeros(1), np.zeros(2), np.ones(2)), 1, ()).tolist() == [[3.0], [1.0]]
