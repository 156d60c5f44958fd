"""Is the page of a profile whole, safe and self-contained, with every section; and without rows where asked?"""

import html.parser
import re

import pytest

from naeum.explore.course import explore
from naeum.report.explored import SECTIONS, Seen, page, write

TABLE = ["missing", "duplicates", "target", "columns", "relations", "groups", "times"]
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Nesting(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links = [], [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)


def rows():
    made = [
        {
            "나이": "" if n % 9 == 0 else str(20 + n * 7 % 31),
            "요금": str(2 ** (n % 9) * 3.5),
            "도시": "서울부산대구"[n % 3],
            "날짜": f"20{10 + n % 5}-0{n % 9 + 1}-11", "<b>등급": "abc"[n % 3], "label": "가나"[n * 7 % 10 // 5],
        }
        for n in range(180)
    ]  # fmt: skip
    return [*made, made[5], {**made[6], "요금": "98765432.1"}]


@pytest.fixture(scope="module")
def profile():
    return explore(rows(), target="label", parts=TABLE)


@pytest.fixture(scope="module")
def whole(profile):
    return page(Seen(profile))


def test_the_html_is_well_formed_and_stays_here(whole):
    found = Nesting()
    found.feed(whole)
    assert found.wrong == [] and found.open == [] and len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    assert all(link.startswith("#") for link in found.links)
    assert "<script" not in whole and not re.findall(r"url\((?!#)", whole) and "<b>등급" not in whole


def test_every_section_of_a_table_is_there(whole):
    anchors = re.findall(r'<section id="(\w+)"', whole)
    assert set(anchors) >= {"findings", "data", "columns", "target", "relations", "groups", "times"}
    assert len(anchors) == len(set(anchors)) <= len(SECTIONS)


def test_the_first_screen_says_what_the_data_are(whole):
    opening = whole[: whole.index("<nav")]
    assert "182 rows" in opening and "What stands out" in opening and "issues, warnings, tips" in opening


def test_without_rows_no_value_of_a_row_is_there(profile, whole):
    hidden = page(Seen(profile, rows=False))
    assert "98,765,432" not in hidden and "pair plot shows single rows and was left out" in hidden
    assert "9.87654e+07" in whole or "98,765,432" in whole or "98765432" in whole


def test_written_whole(profile, tmp_path):
    path = write(profile, tmp_path / "deep" / "explore.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_empty_profile_has_a_page():
    assert "Nothing stands out" in page(Seen(explore([{"a": "1"}, {"a": "2"}], parts=["missing"])))
