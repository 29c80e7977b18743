"""What a bank's statement says, and which orders its entries may pay (DOMAIN.md 8). Pure.

`entry` is one movement of the account, in one form for every format of file.
"""
