"""The card of one mailbox as a dialog: how it stands, and the way to all that can be done about it.

`card` is the window, and `decline` the question whether the mailbox is not renewed; `words` is what they say, `data`
what they keep between taps; `dialog` puts them together.
"""
