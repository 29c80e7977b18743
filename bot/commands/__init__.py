"""The commands of `python -m bot`, one module each. Heavy libraries are imported when a command runs."""
