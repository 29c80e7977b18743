"""The commands of `python -m bot`, one module each. Heavy libraries are imported when a command runs.

`serve` runs the bot, `demo` shows it, `migrate` and `doctor` prepare and look after it; `import_file`, `invite`,
`orders`, `payments`, `reminders`, `sending` and `cases` (the office) are the operator's work. `office` opens the
services for a command and `failing` says in a line why it ended; `evidence` verifies what was given out, `keys` seals
everything anew; `console` and `tables` write, and `case_words`,
`payment_words`, `order_sheet` and `import_console` are how cases, payments, orders and imports look; `csv_rows` are
the rows of every file that is opened in a spreadsheet, `exporting` makes such a file whole or not at all, and `books`
writes those of a month. `doctor_outside` asks what is beyond this machine,
`doctor_keys` which keys are needed, `doctor_outcomes` are how the doctor's checks end, and `doctor_looking` runs them.
`import_foresight` asks before an import does what it foresees.
"""
