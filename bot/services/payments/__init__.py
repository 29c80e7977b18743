"""Payments: the ledger, and what money does to an order.

`payments` takes a report, once; `completion` judges money and gives what was ordered; `ledger` is what is written
of it, and `assignments` what a person moved from one order to another. `holdings` says where the money of a payment
is now, `reversals` what went back and what of that came again. `numbers` draws the numbers that payers write,
and finds what they name; `collectives` are those that stand for several orders. `due_back` is what an order that was
withdrawn from leaves to be given back, `received` what a customer sees of it.
"""
