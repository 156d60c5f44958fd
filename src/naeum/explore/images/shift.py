"""Do the images of another part differ from those to learn from: size, mode, format, light?

Boosted trees on these measures try to tell the parts apart, out-of-fold; each measure is compared by itself too.
"""

from __future__ import annotations

from typing import Any

from naeum.errors import NotApplicable
from naeum.explore.images.opening import MEASURES
from naeum.explore.images.pictures import there
from naeum.explore.shift.columns import ROWS, columns_apart, told_by_all
from naeum.explore.subject import Subject
from naeum.explore.table import literal

LEAST_ROWS = 100  # images of a part: with fewer the AUROC is not known to ±0.1
SHOWN = 20  # images most unlike those to learn from that are shown


def look(subject: Subject) -> dict[str, Any]:
    """Every part against the images to learn from.

    Raises:
        NotApplicable: there is one part only, or all others are too small.
    """
    there(subject)
    counted = subject.table.connection.execute(
        "SELECT part, count(*) FROM pictures WHERE fault = '' GROUP BY 1 HAVING count(*) >= ? ORDER BY 1", [LEAST_ROWS]
    ).fetchall()
    able = {str(part): int(images) for part, images in counted}
    others = [name for name in ("valid", "test") if name in able]
    if "train" not in able or not others:
        raise NotApplicable(f"it needs {LEAST_ROWS} images to learn from and as many of another part; name --test")
    return {"parts": [_against(subject, name, able[name]) for name in others]}


def _against(subject: Subject, name: str, images: int) -> dict[str, Any]:
    asked = f"SELECT path, {', '.join(MEASURES)} FROM pictures WHERE fault = '' AND part = "
    some = [subject.table.sql(f"{asked}{literal(part)} ORDER BY path") for part in ("train", name)]
    paths = some[1].column("path")
    measured = [one.select(list(MEASURES)) for one in some]
    together = told_by_all(measured[0], measured[1], seed=subject.seed)
    found = together or {"auroc": 0.5, "low": 0.5, "high": 0.5, "rows": [], "weights": []}
    return {
        "part": name, "what": "images", "rows": images, "of": ROWS,
        **{key: found[key] for key in ("auroc", "low", "high")},
        "unlike": [{"row": int(at), "text": paths[at].as_py()} for at in found["rows"][:SHOWN]],
        "words": [], "lengths": [], "columns": columns_apart(measured[0], measured[1]),
        "all_columns": {**{key: found[key] for key in ("auroc", "low", "high")}, "weights": found["weights"]},
    }  # fmt: skip
