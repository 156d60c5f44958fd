"""Can a text of a user become markup?"""

import html.parser

import pytest

from naeum.report.markup import Markup, escape, figure, folded, join, table, tag

TEXTS = ["<script>alert(1)</script>", '"><img src=x onerror=1>', "a & b", "</td>", "{{x}} $x", "긍정 <부정>"]


class Reader(html.parser.HTMLParser):
    """The names of the elements, and all that a reader or an attribute gets as text."""

    def __init__(self):
        super().__init__()
        self.names, self.said = [], []

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.said += [value for _, value in attributes]

    def handle_data(self, data):
        self.said.append(data)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda text: tag("p", text), ["p"]),
        (lambda text: tag("p", class_=text), ["p"]),
        (lambda text: folded(text), ["details", "summary"]),
        (lambda text: table([text], []), ["div", "table", "thead", "tr", "th", "tbody"]),
        (lambda text: join(text), []),
    ],
)
def test_a_text_stays_a_text(text, make, names):
    reader = Reader()
    reader.feed(make(text))
    reader.close()
    assert reader.names == names
    assert text in reader.said


def test_markup_is_not_escaped_again():
    assert tag("p", tag("b", "a")) == "<p><b>a</b></p>"


def test_control_characters_and_half_surrogates_are_replaced():
    assert escape("a\x00b\ud800") == "a\ufffdb?"


def test_bare_attributes_are_written_or_left_out():
    assert tag("details", open=True, id=None) == "<details open></details>"


def test_no_figure_is_nothing():
    assert figure(None, "caption") == Markup("")
