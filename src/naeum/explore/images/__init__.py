"""What are the images like: sizes, modes, light, what cannot be read, and which are copies?"""
