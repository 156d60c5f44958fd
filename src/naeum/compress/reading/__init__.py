"""What answers in an exported folder? The parts of the program `predict.py`, which imports no naeum."""
