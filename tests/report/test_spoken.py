"""Is a page translated where people read it, and nowhere else?"""

from __future__ import annotations

from naeum import tongue
from naeum.report.spoken import in_tongue

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>kept { color: red }</style></head>
<body><h2 id="a">kept</h2><p title="kept" class="kept">kept &amp; <b>kept</b><br>rung</p>
<p translate="no">kept <b>kept</b></p><code>kept</code><svg aria-label="kept"><text>kept</text></svg>
<img src="data:,kept" alt="floor"><td>나음 &#x27;kept&#x27;</td><!-- kept --></body></html>
"""
KOREAN = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><style>kept { color: red }</style></head>
<body><h2 id="a">유지</h2><p title="유지" class="kept">kept &amp; <b>유지</b><br>단계</p>
<p translate="no">kept <b>kept</b></p><code>kept</code><svg aria-label="유지"><text>kept</text></svg>
<img src="data:,kept" alt="기준선"><td>나음 &#x27;kept&#x27;</td><!-- kept --></body></html>
"""


def test_texts_and_what_is_read_aloud_are_translated() -> None:
    with tongue.speaking("ko"):
        assert in_tongue(PAGE) == KOREAN


def test_names_of_the_user_stay_even_where_they_look_like_ours() -> None:
    with tongue.speaking("ko"):
        assert in_tongue("<td>kept</td><td> floor </td>", {"kept"}) == "<td>kept</td><td> 기준선 </td>"


def test_english_pages_stay_as_they_are() -> None:
    assert in_tongue(PAGE) is PAGE
