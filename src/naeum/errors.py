"""Which errors does naeum raise?

NaeumError                 everything below; the shell shows its sentence and exits with 2
├── InputError             a file, column, row or option of the user does not hold what must hold
├── MissingExtra           an optional package is needed for this
├── BaseModelError         a base model is missing, corrupt or of an unknown architecture
├── StoreError             an artifact or ledger is damaged or of a newer version
├── ParityError            an exported or compressed model does not answer what the model it was made from answers
├── RunInUse               another process works in this run folder
└── NotApplicable          a check cannot say anything about this subject (an answer, not a failure)

Every message says what must hold, what came, and what to do.
"""

from __future__ import annotations


class NaeumError(Exception):
    """What naeum refuses, in one sentence."""


class InputError(NaeumError):
    """A file, column, row or option of the user does not hold what must hold."""


class MissingExtra(NaeumError, ImportError):
    """An optional package is needed for this."""


class BaseModelError(NaeumError):
    """A base model is missing, corrupt or of an unknown architecture."""


class StoreError(NaeumError):
    """An artifact or a ledger is damaged or of a newer version."""


class ParityError(NaeumError):
    """An exported or compressed model does not answer what the model it was made from answers."""


class RunInUse(NaeumError):
    """Another process works in this run folder."""


class NotApplicable(NaeumError):
    """A check cannot say anything about this subject."""
