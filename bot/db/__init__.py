"""The database: tables, engine, keys, dialog state, migrations.

`engine` gives transactions for reading and for writing, on SQLite or PostgreSQL (`url`, `postgresql`), `at_once` short
work in one go, `turns` what an update has read and will write; `prepared` are the statements of each tap, `direct` asks
them of PostgreSQL; `away` tells what passes by itself. `tables` are the business's, `tables_ground` and `metadata` the
program's own, `base` their columns, `append_only` what keeps evidence as it is. `keys` seals personal data, `sealing`
much of it at once, `resealing` all of it anew (`sealed_columns`, `resealing_redis`); `many` writes many rows, `among`
asks for them. `upsert`, `named_locks` and `database_clock` are for
who writes at the same time, `process_name` for who holds something, `strict_json` for what is stored as JSON.
`chat_units` keeps the state of dialogs, in SQL (`chat_units_sql`, `chat_writing`) or in Redis (`chat_units_redis`),
`waiting_updates` updates that take long, `shares` and `shares_redis` what processes tell each other of what they send.
`upgrade` brings a database up by `migrations`.
"""
