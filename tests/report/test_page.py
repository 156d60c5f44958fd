"""Is the report one whole, safe, self-contained file that says what it should?"""

import html.parser
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from naeum.report import SECTIONS, View, page, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Nesting(html.parser.HTMLParser):
    """Collects tags that do not close in order, ids, and links."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links = [], [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "action") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module")
def english_page(fake, tmp_path_factory):
    return page(View(fake.english(tmp_path_factory.mktemp("a") / "intents")))


@pytest.fixture(scope="module")
def korean_page(fake, tmp_path_factory):
    return page(View(fake.korean(tmp_path_factory.mktemp("b") / "reviews")))


def parsed(text):
    found = Nesting()
    found.feed(text)
    return found


@pytest.mark.parametrize("which", ["english_page", "korean_page"])
def test_the_html_is_well_formed(which, request):
    found = parsed(request.getfixturevalue(which))
    assert found.wrong == [] and found.open == []
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize("which", ["english_page", "korean_page"])
def test_nothing_is_loaded_and_nothing_runs(which, request):
    text = request.getfixturevalue(which)
    assert all(link.startswith("#") for link in parsed(text).links)
    assert "<script" not in text and "@import" not in text and not re.search(r"\son\w+=", text)
    assert not re.findall(r"url\((?!#)", text)


def test_links_of_the_contents_lead_somewhere(english_page):
    found = parsed(english_page)
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_the_first_screen_says_the_four_things(english_page):
    opening = english_page[: english_page.index("<nav")]
    for said in ("0.970", "[0.961, 0.978]", "What made the difference", "What is next", "against the floor"):
        assert said in opening


def test_every_section_is_there(english_page):
    titles = re.findall(r"<section id=\"\w+\"><h2>([^<]+)</h2>", english_page)
    assert len(titles) == len(SECTIONS) - 4, "numbers, entities, sets and spans are for other answers than a class"


def test_texts_of_users_cannot_become_markup(english_page):
    assert "<878>" not in english_page and "&lt;" in english_page


def test_hangul_stands_in_the_page(korean_page):
    assert "긍정" in korean_page and "영화" in korean_page


def test_no_rows_leaves_every_text_out(fake, tmp_path):
    ladder = fake.korean(tmp_path / "reviews")
    text = write(ladder, rows=False).read_text(encoding="utf-8")
    assert not [one for one in ladder.texts if one in text]
    assert not [one for one in fake.KOREAN if one in text]
    assert "--no-rows" in text and "긍정" in text


def test_with_rows_the_same_ladder_shows_them(fake, tmp_path):
    ladder = fake.korean(tmp_path / "reviews")
    text = write(ladder).read_text(encoding="utf-8")
    assert [one for one in ladder.texts if one in text]


def test_write_is_in_the_run_folder_and_leaves_nothing_else(korean):
    path = write(korean)
    assert path == korean.folder / "report.html"
    assert [one.name for one in korean.folder.iterdir()] == ["report.html"]


def test_the_same_ladder_gives_the_same_file(fake, tmp_path):
    one, two = (write(fake.korean(tmp_path / "reviews"), tmp_path / name) for name in ("a.html", "b.html"))
    assert one.read_bytes() == two.read_bytes()


def test_a_run_that_has_hardly_begun_has_a_report(korean):
    korean.rungs = korean.rungs[:1]
    korean.champion_rung, korean.test, korean.curve, korean.bias_variance = korean.rungs[0], None, None, None
    korean.answers = korean.findings = korean.untried = ()
    korean.suspects, korean.why, korean.forecast, korean.finished = [], "", "", False
    text = page(View(korean))
    assert "the test part has not been opened" in text
    assert "The run had not come to its end" in text


def test_a_run_without_rows_to_look_at_has_a_report(korean, monkeypatch):
    empty = korean.part("tune")
    none = replace(empty, ids=empty.ids[:0], target=empty.target[:0], rows=empty.rows.slice(0, 0))
    monkeypatch.setattr(type(korean), "part", lambda self, name: none)
    text = page(View(korean))
    assert 'id="confusion"' not in text and 'id="ladder"' in text


def test_a_metric_of_which_less_is_better_is_told_rightly(korean):
    korean.task = replace(korean.task, metric="log_loss")
    assert "log loss on 1,500 test rows" in page(View(korean))


def test_a_metric_that_is_gone_does_not_stop_the_report(korean):
    korean.task = replace(korean.task, metric="gone.py:score")
    assert "gone.py:score" in page(View(korean))


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(english, tmp_path, width):
    write(english, tmp_path / "report.html")
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe id="f" src="report.html" style="border:0;width:{width}px;height:900px"></iframe><script>'
        "f.onload=()=>{let d=f.contentDocument.documentElement;document.title=d.scrollWidth+'/'+d.clientWidth}</script>"
    )
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--hide-scrollbars",
    ]
    flags += ["--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000"]
    call = [CHROMIUM, *flags, "--dump-dom", frame.as_uri()]
    dom = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True).stdout
    inside, shown = re.search(r"<title>(\d+)/(\d+)</title>", dom).groups()
    assert int(shown) == width
    assert int(inside) <= int(shown)
