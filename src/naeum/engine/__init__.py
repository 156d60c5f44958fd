"""How is a base model run? Base models, tokens, batches, sessions, cached features: for training and prediction."""
