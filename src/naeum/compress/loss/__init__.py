"""What did a smaller model lose, where, and what does one do next?"""

from naeum.compress.loss.compared import Loss, compared

__all__ = ["Loss", "compared"]
