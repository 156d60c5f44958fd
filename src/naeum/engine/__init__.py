"""Base models, tokens, batches, sessions and cached features: written once, used by training and prediction alike."""
