"""What `make screens` shows: every window in both languages, and the ways between them.

`album` keeps what the tests of all windows see and where those that wander come from; `drawing` lays the ways out;
`page` writes all of it into one file that needs nothing else.
"""
