"""The history of the tables: Alembic's environment, and one file for each step in `versions`."""
