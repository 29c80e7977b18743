"""The catalogue: its file becomes the values that the rules work on, or a list of what is wrong."""
