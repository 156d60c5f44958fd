"""Which stretch of a passage answers a question, if any? Learners of spans."""
