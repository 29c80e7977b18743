"""My orders as a dialog: the list, one order, its lines, and its cancellation (DOMAIN.md 4)."""
