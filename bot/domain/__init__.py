"""The rules of a renewal as values and pure functions: no I/O, no framework, no clock."""
