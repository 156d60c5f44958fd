"""What of an encoder does a task not need? Scored, taken away step by step, and made good by training."""

from naeum.compress.prune.choosing import WHAT
from naeum.compress.prune.importance import SCORES
from naeum.compress.prune.pruned import Pruned
from naeum.compress.prune.sparsified import SparseEncoder, Sparsified

__all__ = ["SCORES", "WHAT", "Pruned", "SparseEncoder", "Sparsified"]
