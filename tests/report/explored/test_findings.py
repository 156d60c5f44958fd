"""Are findings and checks told?"""

from naeum.report.explored.findings import findings


def test_findings_name_their_rows_and_every_check(view):
    body = findings(view).body
    assert "All " in body and "not applicable" in body
