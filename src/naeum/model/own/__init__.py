"""How does a model that the user built elsewhere become a learner?"""
