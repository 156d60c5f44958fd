"""How does a fitted model become small, fast and free of naeum? Exported, and why quality fell."""

from naeum import verb

verb(__name__)
