"""Does a heat map write numbers where there is room?"""

import numpy as np

from naeum.report.explored.figures import heat


def test_heat_writes_numbers_into_few_cells_only():
    few = heat.figure(["a", "b"], [[1.0, -0.9], [-0.9, None]])
    assert [text.get_text() for text in few.axes[0].texts] == ["1.00", "−0.90", "−0.90"]
    many = heat.figure([f"c{n}" for n in range(20)], np.eye(20).tolist())
    assert list(many.axes[0].texts) == [] and heat.figure(["a"], [[None]]) is None
