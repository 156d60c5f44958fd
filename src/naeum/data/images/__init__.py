"""Which image files does a source hold, and how do their bytes become rows?"""
