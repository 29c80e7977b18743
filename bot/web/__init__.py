"""What is called over HTTP: Telegram's webhook, reports of payments, pages for people and for machines that watch.

`server` puts it together. `webhook` takes updates; `payments` reports of payments, signed (`signature`), by their
`payment_contract`; `unsubscribe` and its `unsubscribe_page` are for who wants fewer e-mails, `withdrawal` for who
withdraws without a chat. `health` (with
`neighbours`) and `metrics` are for who watches: `insiders` says who sees more than a word, and what is looked up is
`remembered`. `docs` is the page `/docs`, `payment_docs` and `event_docs` are what it publishes. `bodies`, `heads` and
`behind` are rules for every call.
"""
