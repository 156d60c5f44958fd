"""Is a text brought into one form?"""

from naeum.data.clean.forms import normalised


def test_letters_are_put_together_and_blanks_single():
    assert normalised(" \u1112\u1161\u11ab  ＡＢ\u3000c ", "NFKC", True) == "한 ab c"
    assert normalised("ＡＢ  C", "NFC", False) == "ＡＢ C" and normalised(" ", "NFC", False) == ""
