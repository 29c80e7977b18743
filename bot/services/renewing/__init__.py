"""The renewals under way: the draft in its rows, the facts around it, what is offered."""
