"""Which small tables do the tests of an analysis look at?"""

import pytest

from naeum.explore import columns, relations
from naeum.explore.columns import duplicates, missing
from naeum.explore.columns import target as target_part
from naeum.explore.loading import opened
from naeum.explore.relations import groups, times
from naeum.explore.subject import subject_of

PARTS = {
    "missing": missing, "duplicates": duplicates, "target": target_part, "columns": columns, "relations": relations,
    "groups": groups, "times": times,
}  # fmt: skip


def _plain(rows, target=None, **more):
    """The subject of a list of dicts, a file or a table; nothing looked at yet."""
    return subject_of(opened(rows), target=target, **more)


def _looked(rows, target=None, **more):
    """The same with every part for tables looked at."""
    subject = _plain(rows, target, **more)
    for name, part in PARTS.items():
        subject = subject.with_seen(name, part.look(subject))
    return subject


@pytest.fixture
def plain():
    return _plain


@pytest.fixture
def looked():
    return _looked


@pytest.fixture
def bare():
    """A subject of which nothing was looked at; not even its columns."""
    subject = _plain([{"a": "1"}, {"a": "2"}])
    return type(subject)(name="bare", table=subject.table)
