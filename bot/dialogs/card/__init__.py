"""The card of one mailbox as a dialog: how it stands, and the way to all that can be done about it.

`card` is the window, `words` is what it says, `data` what it keeps between taps; `dialog` puts it together.
"""
