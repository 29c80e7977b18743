"""The renewals under way: the draft in its rows, the facts around it, what is offered.

`renewals` begins, reads and changes a draft: `beginning` makes its rows, `working` is the one that an update is at work
on, `resuming` goes on with one whose mailboxes were deleted. `stored_drafts` is a draft as its rows hold it,
`draft_rows` between that and its value, `facts` the world around it. `as_it_is` begins what a reminder's button names,
`last_time` how that was done before. `offer` seals what is agreed to, so that a change before the tap is noticed;
`auto_renewal` switches it on and off, as it is `standing`; `terms` is how long each mailbox's runs. `declining` keeps
which mailboxes are not renewed.
"""
