"""The settings of a chat as a dialog: language, reminders, security phrase (DOMAIN.md 6)."""
