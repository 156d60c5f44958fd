"""What must hold of data, learned from a reference or written by hand, and which rows break it?"""

from __future__ import annotations

from naeum.data.expectations.checking import Report, Result, Unmet, breaking
from naeum.data.expectations.expectations import Expectations, check, learn, load
from naeum.data.expectations.written import COLUMN_RULES, LIST_RULES, TABLE_RULES

MEMBERS = (*COLUMN_RULES, *TABLE_RULES.values(), *LIST_RULES.values())

__all__ = ["MEMBERS", "Expectations", "Report", "Result", "Unmet", "breaking", "check", "learn", "load"]
