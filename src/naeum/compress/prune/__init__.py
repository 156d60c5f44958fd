"""What of an encoder does a task not need? Scored, taken away step by step, and made good by training."""

from naeum.compress.prune.choosing import WHAT
from naeum.compress.prune.importance import SCORES
from naeum.compress.prune.pruned import Pruned

__all__ = ["SCORES", "WHAT", "Pruned"]
