"""Profiles of tables: the shipped one, and what others may say."""

from dataclasses import replace
from typing import Any

from bot.domain.statements.profile import StatementProfile
from tests.support.catalogue import example_catalogue

BANCOPOSTA = example_catalogue().statement_profiles["bancoposta"]
FULL = replace(
    BANCOPOSTA,
    id="full",
    booked_on="Data",
    texts=("Causale", "Descrizione"),
    amount="Importo",
    credit="",
    debit="",
    payer="Ordinante",
    payer_iban="IBAN ordinante",
    reference="Riferimento",
    account="Conto",
    currency="Divisa",
    status="Stato",
    booked=("Contabilizzato",),
)
BARE = replace(BANCOPOSTA, id="bare", booked_on="Data", texts=("Testo",), skip=(), reversal=())


def with_form(**form: Any) -> StatementProfile:
    """A profile of three columns, written in another form."""
    return replace(BARE, amount="Importo", credit="", debit="", **form)
