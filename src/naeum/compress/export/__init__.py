"""How does a model leave naeum: parts, graphs, a folder behind a gate, a page, and that folder as a model again?"""
