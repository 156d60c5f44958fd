"""Is a document whole, in order, and safe?"""

from naeum.report.document import ALONE, document
from naeum.report.markup import tag
from naeum.report.sections.section import Section


def test_sections_stand_in_their_order_and_in_the_contents():
    one, other = (Section(f"s{n}", f"Title {n}", f"Short {n}", tag("p", f"body {n}")) for n in range(2))
    page = document("리뷰", tag("p", "opening"), [one, None, other], ["Made in 1.0 s."], ["explored.css"])
    places = [page.index(text) for text in ("naeum: 리뷰", "opening", "#s0", "#s1", "Title 0", "body 0", "Title 1")]
    assert places == sorted(places) and page.count("<section") == 2
    assert f"{ALONE} Made in 1.0 s." in page and "<style" in page


def test_names_are_escaped():
    assert "<script>" not in document("<script>", "", [], ["<script>"])
