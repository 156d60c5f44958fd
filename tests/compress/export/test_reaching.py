"""Do rows come to a part inside a model as that part reads them?"""

from naeum.compress.export.reaching import reached

GRAPH, OTHER = {"kind": "graph"}, {"kind": "trees"}
ROWS = [["  가  ", 1.0], ["나", 2.0]]


def test_a_group_reads_its_own_columns_cleaned():
    step = {"kind": "normalise", "column": "text", "form": "NFC", "lower": False}
    inside = {"kind": "cleaned", "columns": {"text": "text"}, "steps": [step], "members": [GRAPH]}
    whole = {"kind": "blend", "reads": [[1], [0]], "members": [OTHER, inside]}
    assert reached(whole, GRAPH, ROWS) == [["가"], ["나"]]
    assert reached(whole, OTHER, ROWS) == [[1.0], [2.0]]
    assert reached(whole, whole, ROWS) is ROWS and reached(OTHER, GRAPH, ROWS) is None
