"""The database: tables, engine, keys, dialog state, migrations."""
