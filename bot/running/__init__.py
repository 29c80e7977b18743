"""The processes: what `run`, `web` and `worker` do side by side, and what each of them loads."""
