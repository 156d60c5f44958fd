"""What is wrong with the labels and parts of a table that has no text, its rows compared cell by cell?"""
