"""How does a small model learn from the answers of a larger one? Rows and answers → losses → the student."""
