"""The catalogue: its file becomes the values that the rules work on, or a list of what is wrong.

`file` reads it and is what others call; `model` is its shape, `values` what a single value may be, `checks` what no
single value can tell, `reading` how problems are named, `needs` what of it the settings have to bring.
"""
