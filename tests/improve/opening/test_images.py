"""Which learners open on images?"""

from __future__ import annotations

from naeum.contract import Edit, Task
from naeum.improve.opening import book, images
from naeum.improve.site import Site
from naeum.model.image.network import ImageNetwork


def test_the_book_of_images_goes_from_edges_to_a_network() -> None:
    task = Task(inputs=("image",), kinds=("image",))
    assert [name for name, _ in book(task)] == ["floor", "image_linear", "image_network", "blend", "calibrate"]


def test_a_run_that_counts_rungs_takes_the_usual_network(fresh_site: Site) -> None:
    found = images.network(fresh_site, ())
    assert isinstance(found, Edit)
    assert found.learner == ImageNetwork()
