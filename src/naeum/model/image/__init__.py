"""Which learners read images?"""
