"""Payments: the ledger, and what money does to an order."""
