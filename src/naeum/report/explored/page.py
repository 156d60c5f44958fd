"""How does a profile become one HTML file that needs nothing else?"""

from __future__ import annotations

from pathlib import Path

from naeum.explore import Profile
from naeum.report.document import document
from naeum.report.explored.opening import opening
from naeum.report.explored.view import Seen
from naeum.store import write_atomic


def write(profile: Profile, path: str | Path, *, rows: bool = True) -> Path:
    """Write the page of a profile as one self-contained HTML file, atomically.

    Args:
        profile: what `naeum.explore` gave.
        path: where to.
        rows: false leaves every value of a single row out. Names of columns and classes stay.

    Returns:
        Where the file lies.
    """
    write_atomic(Path(path), page(Seen(profile, rows=rows)))
    return Path(path)


def page(view: Seen) -> str:
    """The whole HTML document."""
    from naeum.report.explored import SECTIONS

    foot = [f"Made in {view.profile.seconds.get('whole', 0.0):.1f} s."]
    if not view.rows:
        foot.insert(0, "Values of rows were left out (--no-rows); names of columns and classes remain.")
    classes = [str(one["class"]) for one in (view.part("target") or {}).get("classes", ())]
    own = (*view.profile.columns, *classes)
    sections = [made(view) for made in SECTIONS]
    return document(view.profile.name, opening(view), sections, foot, ["explored.css"], own)
