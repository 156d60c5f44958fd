"""Is the choice of the base model told with its reasons?"""

from types import SimpleNamespace

from naeum.report.sections.base import base
from naeum.report.view import View

WEIGHED = [
    {"name": "작은", "at_hand": True, "points": 0.71, "size_mb": 91.0, "licence": "mit", "breaks": "",
     "reasons": ["trained on ko", "1.50 pieces a word"], "suit": {"pieces": 1.5, "unknown": 0.02}},
    {"name": "big", "at_hand": False, "points": 0.9, "size_mb": 440.0, "licence": "unknown",
     "reasons": ["trained on ko"], "breaks": "its 440 MB break the limit of 100 MB", "suit": {}},
]  # fmt: skip


def test_every_model_that_was_weighed_has_a_line():
    section = base(View(SimpleNamespace(summary={"weighed": WEIGHED, "basis": "base model = 작은, the only one"})))
    assert section is not None and "Base model = 작은, the only one." in section.body
    assert "trained on ko; 1.50 pieces a word" in section.body and '<td class="n">2.0 %</td>' in section.body
    assert "its 440 MB break the limit of 100 MB" in section.body and "to fetch" in section.body


def test_no_texts_no_section():
    assert base(View(SimpleNamespace(summary={}))) is None
