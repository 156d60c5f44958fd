"""How does a network read words one after another, or all at once? Parts that texts and tags share."""
