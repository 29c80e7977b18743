"""CAMT files, written by hand after the public message definitions of ISO 20022."""

ACCOUNT = "IT60X0542811101000000123456"


def amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def sum_of(cents: int, *, currency: str = "EUR", name: str = "Amt") -> str:
    return f'<{name} Ccy="{currency}">{amount(cents)}</{name}>'


def payment(
    text: str = "ORDINE R7K2M-4", *, payer: str = "Studio Esempio", more: str = "", own: str = ""
) -> str:
    """One TxDtls; `own` stands before the parties, `more` after the remittance text."""
    return (
        f"<TxDtls>{own}<RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>{more}</TxDtls>"
    )


def entry(
    cents: int = 3648,
    *payments: str,
    direction: str = "CRDT",
    status: str = "<Sts>BOOK</Sts>",
    day: str = "<BookgDt><Dt>2026-11-23</Dt></BookgDt>",
    own: str = "<AcctSvcrRef>REF1</AcctSvcrRef>",
    reversal: str = "",
    currency: str = "EUR",
    after: str = "",
) -> str:
    details = f"<NtryDtls>{''.join(payments)}</NtryDtls>" if payments else ""
    return (
        f"<Ntry>{sum_of(cents, currency=currency)}<CdtDbtInd>{direction}</CdtDbtInd>{reversal}{status}{day}{own}"
        f"<BkTxCd><Prtry><Cd>48</Cd></Prtry></BkTxCd>{details}{after}</Ntry>"
    )


def balance(kind: str, cents: int) -> str:
    direction = "DBIT" if cents < 0 else "CRDT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{sum_of(abs(cents))}"
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>"
    )


def statement(
    *parts: str,
    account: str = f"<IBAN>{ACCOUNT}</IBAN>",
    name: str = "Stmt",
    created: str = "2026-11-23T18:00:00",
) -> str:
    return (
        f"<{name}><Id>S1</Id><CreDtTm>{created}</CreDtTm><Acct><Id>{account}</Id><Ccy>EUR</Ccy></Acct>"
        f"{''.join(parts)}</{name}>"
    )


def document(*statements: str, message: str = "053", version: str = "02") -> bytes:
    body = {"053": "BkToCstmrStmt", "054": "BkToCstmrDbtCdtNtfctn", "052": "BkToCstmrAcctRpt"}[message]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{message}.001.{version}"><{body}>\n'
        "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-23T18:00:00</CreDtTm></GrpHdr>\n"
        + "\n".join(statements)
        + f"</{body}></Document>\n"
    ).encode()
