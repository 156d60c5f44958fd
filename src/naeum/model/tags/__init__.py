"""Which learners tag the words of sentences?"""
