"""E-mails: one module a family writes a `Letter`, which two others turn into plain text and into HTML."""
