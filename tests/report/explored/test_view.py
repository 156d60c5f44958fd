"""Does the view give what the profile has?"""


def test_parts_columns_and_roles(view, bare):
    assert view.part("none") is None and view.role("x") == "number" and next(iter(view.columns)) == "x"
    assert bare.columns == {}
