"""Chats and customers: who speaks for whom, and how they got in.

`linking` has the deep links, and unlinking; `login_codes` the way in by a code in an e-mail; `binding` is where
both end. `reference_emails` changes a customer's e-mail by such a code; `mailed_codes` makes both kinds, and counts and
limits them. `own_data` reads what is kept (`data_of_chats`, `data_of_customers`), `forgetting` deletes
it. `chats` knows each chat's language, and whether it can be reached.
"""
