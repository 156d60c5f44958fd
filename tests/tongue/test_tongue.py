"""Which language is spoken, and is its catalogue whole?"""

from __future__ import annotations

import re

import pytest

from naeum import tongue
from naeum.errors import InputError


@pytest.mark.parametrize(
    ("asked", "environment", "found"),
    [
        (None, {}, "en"), (None, {"LANG": "ko_KR.UTF-8"}, "ko"), (None, {"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"NAEUM_LANG": "ko", "LANG": "C"}, "ko"), ("en", {"NAEUM_LANG": "ko"}, "en"), ("ko", {}, "ko"),
    ],
)  # fmt: skip
def test_the_language_is_asked_for_or_that_of_the_machine(
    asked: str | None, environment: dict[str, str], found: str
) -> None:
    assert tongue.chosen(asked, environment) == found


def test_another_language_is_refused() -> None:
    told = "the language must be en or ko; got 'fr'; leave --lang out for yours"
    with pytest.raises(InputError, match=re.escape(told)):
        tongue.chosen("fr", {})


def test_a_language_is_spoken_inside_only() -> None:
    assert tongue.said("kept") == "kept"
    with tongue.speaking("ko"):
        assert tongue.said("kept") == "유지"
        with tongue.speaking("en"):
            assert tongue.said("kept") == "kept"
    assert tongue.now() == "en"
