"""What does not belong to a dialog: commands, deep links, buttons of plain messages, and recovery from errors.

Their routers come before the dialogs, so that a button of a reminder works while a dialog is open.
"""
