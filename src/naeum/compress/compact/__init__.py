"""How does an encoder become smaller for good: fewer layers, heads and neurons, in smaller tensors?"""

from naeum.compress.compact.encoder import CompactEncoder, compacted
from naeum.compress.compact.places import Place, places
from naeum.compress.compact.plan import Plan, Stay
from naeum.compress.compact.shrink import shrink

__all__ = ["CompactEncoder", "Place", "Plan", "Stay", "compacted", "places", "shrink"]
