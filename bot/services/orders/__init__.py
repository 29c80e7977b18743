"""Orders: placed, shown, cancelled, expired."""
