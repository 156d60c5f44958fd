"""How do the parts of the data, or its earlier and later rows, differ?"""
