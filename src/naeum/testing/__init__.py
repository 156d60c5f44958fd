"""Which laws must every learner, predictor, technique and check keep, and how does one try them on one's own?"""
