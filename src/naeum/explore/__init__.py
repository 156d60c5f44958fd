"""What are the data, what is wrong with them, and what will that do to a model?"""

from __future__ import annotations

from naeum import verb
from naeum.explore.checks import CHECKS
from naeum.explore.course import PARTS, Part, explore
from naeum.explore.profile import Profile
from naeum.explore.subject import Subject, subject_of
from naeum.explore.table import Table

verb(__name__)  # naeum.explore(data)

__all__ = ["CHECKS", "PARTS", "Part", "Profile", "Subject", "Table", "explore", "subject_of"]
