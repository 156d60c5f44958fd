"""How does a model compute in fewer bits, and which of its layers must not?"""
