"""Faults put into the rules on purpose, one at a time, to see whether a test notices: ``make mutate SEED=1 COUNT=10``.

- `rooms`: what is changed, and the tests that belong to it.
- `drawing`: which changes a seed draws; the changes themselves are those of Cosmic Ray.
- `running`: tries a change in a throw-away copy of the tree.

What no test noticed, and why, is listed in docs/mutants.md.
"""
