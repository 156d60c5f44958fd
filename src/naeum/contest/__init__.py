"""How does a contest want its answers: which rows, in which order, as which columns, written how?"""

from __future__ import annotations

from naeum.contest.sample import Asked, asked
from naeum.contest.submission import Submission, submission

__all__ = ["Asked", "Submission", "asked", "submission"]
