### IVA di chi ha un'attività all'estero, decisa dal gestore ordine per ordine.

vat-total = Totale{ $term ->
    [ordered] {""}
    [year] {" "}per un anno
   *[years] {" "}per { renewal-year-count }
}: <b>{ MONEY($net) }</b> senza IVA, <b>{ MONEY($total) }</b> con IVA
vat-recap = <b>L'IVA la decide { $operator }</b>: con una partita IVA estera può non essere dovuta (inversione contabile). L'ordine attende questa decisione, e prima non c'è nulla da pagare: l'importo e come pagare arrivano qui e per email. Gli altri importi sono IVA inclusa.
vat-order-button = Ordine con obbligo di pagare · { MONEY($net) } + IVA se dovuta
vat-open = <b>Per ora non c'è nulla da pagare.</b> { $operator } decide se l'IVA è dovuta: <b>{ MONEY($net) }</b> senza IVA (inversione contabile), <b>{ MONEY($total) }</b> con IVA. L'importo e come pagare arrivano in chat e per email appena è deciso.
vat-open-order = Il rinnovo è nell'ordine <code>{ $order }</code>, che attende la decisione sull'IVA.
vat-open-totals = <b>Totale: { MONEY($net) } senza IVA, { MONEY($total) } con IVA</b>
vat-unavailable =
    <b>C'è già un ordine per questa casella</b>

    È l'ordine <b>{ $order }</b> { ARTICLE("del", $placed) }{ DATE($placed) }, che attende la decisione di { $operator } sull'IVA. Prima non si può pagare; si può annullare dalla pagina dell'ordine.
vat-mention = { $why ->
    [reverse_charge] IVA non addebitata: inversione contabile (art. 7-ter e art. 21, comma 6-bis, lett. a, DPR 633/1972).
    [not_subject] IVA non addebitata: operazione non soggetta (art. 7-ter e art. 21, comma 6-bis, lett. b, DPR 633/1972).
   *[own] IVA non addebitata: { $mention }
}
vat-decided = { $without ->
    [true] { $operator } ha deciso: <b>senza IVA</b>. Da pagare: <b>{ MONEY($due) }</b>.
   *[false] { $operator } ha deciso: <b>l'IVA è dovuta</b>, { MONEY($vat) }. Da pagare: <b>{ MONEY($due) }</b>.
}
message-vat-decided-title = L'ordine { $order } ora si può pagare
message-vat-decided =
    🧾 <b>{ message-vat-decided-title }</b>
    { $body }
vat-expired = Entro <b>{ LONGDATE($until) }</b> non è arrivata la decisione sull'IVA, e ora l'ordine non si può più pagare: non dipendeva da te.
mail-undecided-subject = Ordine { $order } ricevuto: l'importo arriva appena è decisa l'IVA
