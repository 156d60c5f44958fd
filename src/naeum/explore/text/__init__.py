"""What are the texts like: how long, in which language, with which words, about what?"""
