"""Statements as a bank writes them: CAMT.053 after ISO 20022, and CBI's fixed records (CBI-RND-001, function RH)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from bot.domain.money import Cents, amount

_OPENING: Final[Cents] = 250_000
_USTRD: Final = 35
"""Banks cut the payer's text into pieces of so many characters."""
_RECORD: Final = 120
_REASONS: Final = {True: "48", False: "26"}
"""CBI's reasons of a transfer received and of one that was sent."""


@dataclass(frozen=True, slots=True)
class Line:
    """A movement: cents, below zero where they left; who paid, the text, and the bank's reference."""

    cents: Cents
    payer: str
    text: str
    reference: str

    @property
    def came(self) -> bool:
        """Whether money came."""
        return self.cents > 0


def camt(iban: str, day: date, lines: Sequence[Line], number: int) -> bytes:
    """A CAMT.053 of version 08 with one day of an account."""
    closing = _OPENING + sum(line.cents for line in lines)
    entries = "\n".join(_entry(line, day) for line in lines)
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>DEMO-{number}</MsgId><CreDtTm>{day}T18:00:00</CreDtTm></GrpHdr>
<Stmt><Id>DEMO-{number}</Id><CreDtTm>{day}T18:00:00</CreDtTm>
<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
{_balance("OPBD", _OPENING, day)}
{_balance("CLBD", closing, day)}
{entries}
</Stmt></BkToCstmrStmt></Document>
"""
    return text.encode()


def cbi(iban: str, day: date, lines: Sequence[Line]) -> bytes:
    """A rendicontazione with one day of an account: RH, 61, each movement's 62 and 63, 64, 65, EF."""
    bank, stamp = iban[5:10], f"{day:%d%m%y}"
    closing = _signed(_OPENING + sum(line.cents for line in lines))
    named = ((4, bank), (9, "DEMO1"), (14, stamp), (20, "RENDICONTAZIONE-DEMO"))
    records = [
        _record("RH", *named),
        _record(
            "61",
            *((4, "0000001"), (29, "93001"), (50, "CC"), (52, iban[4]), (53, bank), (58, iban[10:15])),
            *((63, iban[15:]), (75, "EUR"), (78, stamp), (84, _signed(_OPENING))),
            *((100, iban[:2]), (102, iban[2:4])),
        ),
    ]
    for number, line in enumerate(lines, 1):
        which = ((4, "0000001"), (11, f"{number:03d}"))
        records += [
            _record(
                "62",
                *which,
                *((14, stamp), (20, stamp), (26, _signed(line.cents)), (42, _REASONS[line.came])),
                (62, line.reference),
            ),
            _record("63", *which, (14, "YYY"), (17, f"{day:%d%m%Y}"), (41, line.payer.upper()[:40])),
            _record("63", *which, (14, "RI1"), (17, line.text.upper()[:104])),
        ]
    records += [
        _record("64", (4, "0000001"), (11, "EUR"), (14, stamp), (20, closing), (36, closing)),
        _record("65", (4, "0000001"), (11, stamp), (17, closing)),
    ]
    records.append(_record("EF", *named, (46, "0000001"), (83, f"{len(records) + 1:07d}")))
    return "".join(f"{record}\r\n" for record in records).encode("cp1252", "replace")


def _entry(line: Line, day: date) -> str:
    direction = "CRDT" if line.came else "DBIT"
    pieces = (line.text[start : start + _USTRD] for start in range(0, len(line.text), _USTRD))
    said = "".join(f"<Ustrd>{escape(piece)}</Ustrd>" for piece in pieces)
    return (
        f'<Ntry><Amt Ccy="EUR">{amount(abs(line.cents))}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>{line.reference}</AcctSvcrRef><BkTxCd><Prtry><Cd>{_REASONS[line.came]}</Cd></Prtry></BkTxCd>"
        "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Pty><Nm>{escape(line.payer)}</Nm></Pty></Dbtr></RltdPties>"
        f"<RmtInf>{said}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _balance(kind: str, cents: Cents, day: date) -> str:
    direction = "CRDT" if cents >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount(abs(cents))}</Amt>'
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _signed(cents: Cents) -> str:
    return f"{'D' if cents < 0 else 'C'}{abs(cents) // 100:012d},{abs(cents) % 100:02d}"


def _record(kind: str, *fields: tuple[int, str]) -> str:
    """A record, each field at its first position, counted from 1."""
    text = f" {kind}".ljust(_RECORD)
    for first, value in fields:
        text = text[: first - 1] + value + text[first - 1 + len(value) :]
    return text[:_RECORD]
