"""What is called over HTTP: Telegram's webhook, reports of payments, pages for people and for machines that watch.

`server` puts it together; `paths` is what others know of it. `webhook` takes updates; `payments` and `invoices` reports
of the operator's system, by their contracts (`payment_contract`, `invoice_contract`) and as `signed_calls` with a
`signature`; `unsubscribe` and its `unsubscribe_page` are for who wants fewer e-mails, `withdrawal` for who withdraws
without a chat, `pages` is how such pages look. `health` (with `neighbours`) and `metrics` are for who watches:
`insiders` says who sees more than a word, and what is looked up is `remembered`. `docs` is the page `/docs`,
`payment_docs`, `invoice_docs` and `event_docs` are what it publishes. `bodies`, `heads` and `behind` are rules for
every call.
"""
