"""How do artifacts, the ledger and locks survive a kill?"""

from __future__ import annotations

from naeum.store.artifacts import Store
from naeum.store.files import write_atomic
from naeum.store.ledger import Ledger
from naeum.store.locks import lock

__all__ = ["Ledger", "Store", "lock", "write_atomic"]
