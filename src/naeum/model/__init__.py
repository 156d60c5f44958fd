"""Which learners are there, and what becomes of them when they are fitted?"""
