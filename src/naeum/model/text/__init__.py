"""Which learners read text?"""
