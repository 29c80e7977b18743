"""A bank that gives statements of the catalogue's account: CAMT.053 and .054 with the entries that a test wants."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from tests.support.catalogue import example_catalogue

OWN_IBAN = example_catalogue().methods["bank_transfer"].iban
FOREIGN_IBAN = "IT60X0542811101000000123456"


@dataclass(frozen=True)
class Credit:
    """Money that came: what it says, how much, from whom; `back` says that it was taken back."""

    text: str
    cents: int
    payer: str = "Maria Esempio"
    reference: str = ""
    end_to_end: str = ""
    day: str = ""
    back: bool = False


@dataclass
class Bank:
    """Writes files into a folder."""

    folder: Path
    today: date
    iban: str = OWN_IBAN
    files: list[Path] = field(default_factory=list)

    def camt(self, *entries: Credit, name: str = "", message: str = "053", total: int | None = None) -> Path:
        """A file of these entries; `total` is what its summary says that they add up to, where that is wrong."""
        path = self.folder / (name or f"statement-{len(self.files) + 1}.xml")
        body = "BkToCstmrStmt" if message == "053" else "BkToCstmrDbtCdtNtfctn"
        inner = "Stmt" if message == "053" else "Ntfctn"
        sums = sum(each.cents for each in entries) if total is None else total
        path.write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{message}.001.08"><{body}>'
            f"<GrpHdr><MsgId>M{len(self.files)}</MsgId><CreDtTm>{self.today}T18:00:00</CreDtTm></GrpHdr>"
            f"<{inner}><Id>S1</Id><CreDtTm>{self.today}T18:00:00</CreDtTm>"
            f"<Acct><Id><IBAN>{self.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
            f"<TxsSummry><TtlNtries><NbOfNtries>{len(entries)}</NbOfNtries>"
            f"<Sum>{sums // 100}.{sums % 100:02d}</Sum></TtlNtries></TxsSummry>"
            + "\n".join(self._entry(each) for each in entries)
            + f"</{inner}></{body}></Document>\n",
            encoding="utf-8",
        )
        self.files.append(path)
        return path

    def _entry(self, credit: Credit) -> str:
        pieces = [credit.text[start : start + 35] for start in range(0, len(credit.text), 35)]
        reference = f"<AcctSvcrRef>{credit.reference}</AcctSvcrRef>" if credit.reference else ""
        refs = f"<Refs><EndToEndId>{credit.end_to_end or 'NOTPROVIDED'}</EndToEndId></Refs>"
        text = "".join(f"<Ustrd>{escape(piece)}</Ustrd>" for piece in pieces)
        back = "<RvslInd>true</RvslInd>" if credit.back else ""
        return (
            f'<Ntry><Amt Ccy="EUR">{credit.cents // 100}.{credit.cents % 100:02d}</Amt>'
            f"<CdtDbtInd>{'DBIT' if credit.back else 'CRDT'}</CdtDbtInd>{back}<Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{credit.day or self.today}</Dt></BookgDt>{reference}"
            "<BkTxCd><Prtry><Cd>48</Cd></Prtry></BkTxCd>"
            f"<NtryDtls><TxDtls>{refs}<RltdPties><Dbtr><Pty><Nm>{escape(credit.payer)}</Nm></Pty></Dbtr></RltdPties>"
            f"<RmtInf>{text}</RmtInf></TxDtls></NtryDtls></Ntry>"
        )
