"""Are languages told by their scripts?"""

import pytest

from naeum.data.language import languages


@pytest.mark.parametrize(
    "text, code",
    [
        ("재밌는 영화였어요 ㅋㅋ", "ko"),
        ("とても面白い映画でした", "ja"),
        ("Очень хороший фильм", "ru"),
        ("فيلم جيد جدا", "ar"),
    ],
)
def test_a_script_of_one_language_says_it(text, code):
    assert languages([text] * 20) == (code,)


def test_several_languages_stand_in_order_and_rare_ones_are_left_out():
    assert languages(["정말 좋아요"] * 70 + ["Очень хорошо"] * 29 + ["とても"]) == ("ko", "ru")


def test_no_text_counts_as_english():
    assert languages([]) == ("en",)
