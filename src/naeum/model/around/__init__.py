"""Which learners are made of other learners?"""
