"""Are the nearest rows and the most alike columns shown?"""

import json

import pytest


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    texts = ["배송이 늦어요", "배송이 늦었어요", "환불해 주세요", "환불 부탁해요", "영화가 재밌다"]
    lines = "".join(f"{text},{n},{-2 * n}\n" for n, text in enumerate(texts))
    path.write_text("문장,n,m\n" + lines, encoding="utf-8")
    return path


def nearest(done):
    return [one["row"] for one in json.loads(done.out)["nearest"]]


def test_rows_by_text_by_numbers_and_like_a_text(shell, rows):
    assert nearest(shell("similar", rows, "--row", "1", "--text", "문장", "--json"))[0] == 2
    assert nearest(shell("similar", rows, "--row", "1", "--column", "n", "--k", "2", "--json")) == [2, 3]
    assert nearest(shell("similar", rows, "--like", "환불이요", "--json"))[0] in (3, 4)
    near = shell("similar", rows, "--like", "환불이요", "--text", "문장", "--approximate", "--json")
    assert nearest(near)[0] in (3, 4)
    near = shell("similar", rows, "--row", "5", "--column", "n", "--approximate", "--how", "manhattan", "--json")
    assert nearest(near)[0] == 4
    done = shell("similar", rows, "--row", "1", "--text", "문장", "--k", "1")
    assert done.out.startswith("nearest to row 1 by 문장 (cosine)\n") and "row 2: 문장=배송이 늦었어요" in done.out


def test_columns(shell, rows):
    assert shell("similar", rows, "--between-columns").out == " -1.0000  n · m\n"


@pytest.mark.parametrize(
    "flags, sentence",
    [
        ((), "naeum similar needs --row N or --like TEXT, one of them; got both or none; give one"),
        (("--row", "9"), "--row must be from 1 to 5; got 9; correct it"),
        (("--row", "1", "--k", "0"), "--k must be 1 or more; got 0; 10 is usual"),
        (("--row", "1", "--text", "글"), "similar needs a column of the data: 문장, n, m; got '글'"),
        (
            ("--row", "1", "--how", "near"),
            "how must be one of cosine, pearson, jaccard,",
        ),
    ],
)
def test_refusals(shell, rows, flags, sentence):
    done = shell("similar", rows, *flags)
    assert done.code == 2 and sentence in done.err and "Traceback" not in done.err
