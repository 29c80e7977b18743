"""The renewals under way: the draft in its rows, the facts around it, what is offered.

`renewals` begins, reads and changes a draft; `draft_rows` is a draft between its rows and its value, `facts` the
world around it; `resuming` goes on with one whose mailboxes were deleted. `offer` seals what is agreed to, so that a
change before the tap is noticed; `auto_renewal` switches it on and off; `terms` is how long each mailbox's automatic
renewal runs.
"""
