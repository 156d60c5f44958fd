"""What is wrong with the labels, and which rows are worth a second look?"""
