"""How does a model leave naeum? As code that a person reads, as a notebook, for Hugging Face, as a record elsewhere."""
