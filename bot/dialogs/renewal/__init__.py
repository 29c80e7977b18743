"""The renewal as a dialog: one module a step, each with its windows, their getters and their handlers."""
