"""What the operator can see of it: logs, and errors reported outside.

`logs` writes lines for people or for programs, without personal data; `observing` reports what fails unexpectedly;
`sparing` writes seldom what strangers can cause often.
"""
