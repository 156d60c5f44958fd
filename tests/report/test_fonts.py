"""Does Hangul have a font, on machines with one and on machines without?"""

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from naeum.report import fonts


def test_the_packaged_font_has_hangul():
    path = fonts.packaged()
    assert path is not None
    assert ord("힣") in FT2Font(str(path)).get_charmap()


def test_a_font_of_the_system_comes_first(monkeypatch):
    entry = font_manager.FontEntry(fname="", name="Malgun Gothic")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [entry])
    assert fonts.korean.__wrapped__() == "Malgun Gothic"


def test_without_one_the_packaged_font_is_registered(monkeypatch):
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    assert fonts.korean.__wrapped__() == "NanumGothic"
    assert [font.name for font in font_manager.fontManager.ttflist] == ["NanumGothic"]


def test_without_any_font_latin_is_left(monkeypatch):
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(fonts, "packaged", lambda: None)
    assert fonts.korean.__wrapped__() is None


def test_the_package_is_not_imported():
    import sys

    fonts.families()
    assert "koreanize_matplotlib" not in sys.modules
