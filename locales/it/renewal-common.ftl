### Ciò che ogni schermata del rinnovo mostra: il totale, e come si legge una casella.

## Totale

renewal-running-total = { $running_total }
renewal-total-per-year = Totale per un anno: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-for-years = Totale per { renewal-year-count }: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-ordered = Totale: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-new = { $one_year ->
    [true] Nuovo totale per un anno
   *[false] Nuovo totale per { renewal-year-count }
}: <b>{ MONEY($due) }</b> ({ $sign ->
    [more] +{ MONEY($difference) }
    [less] −{ MONEY($difference) }
   *[same] come ora
}), { renewal-vat }

renewal-vat = { $split ->
    [true] IVA esclusa (scissione dei pagamenti)
   *[false] IVA inclusa
}
renewal-year-count = { $years ->
    [one] { $years } anno
   *[other] { $years } anni
}

## Una casella

renewal-mailbox-plan = Piano <b>{ $plan }</b>: { $includes }
renewal-mailbox-includes-mailbox = { GB($gb) } di casella
renewal-mailbox-includes-archive = { GB($gb) } di archivio
renewal-mailbox-extra = Spazio aggiuntivo: { LIST($extra) }
renewal-mailbox-extra-mailbox = { GB($gb) } di casella
renewal-mailbox-extra-archive = { GB($gb) } di archivio
renewal-mailbox-extra-none = nessuno
renewal-mailbox-expires = { $days ->
    [0] Scade <b>oggi, { LONGDATE($expires) }</b>
    [1] Scade <b>domani, { LONGDATE($expires) }</b>
   *[other] Scade <b>{ LONGDATE($expires) }</b>, tra { $days } giorni
}
renewal-mailbox-expired =
    Scaduta <b>{ LONGDATE($expires) }</b>, { $days ->
        [one] { $days } giorno
       *[other] { $days } giorni
    } fa: riceve, ma non può inviare.
    Si può rinnovare fino { ARTICLE("al", $deletion) }<b>{ DATE($deletion) }</b>; poi viene cancellata con tutto ciò che contiene.
renewal-mailbox-promotion = Promozione <b>{ $promotion }</b>: { MONEY($price) } all'anno invece di { MONEY($ordinary) }, IVA inclusa, { $years ->
    [one] per un anno solo.
   *[other] per non più di { $years } anni.
} Al rinnovo successivo torna il prezzo ordinario.

## Spazio usato

renewal-usage-unknown = Lo spazio usato non è noto: il gestore lo controlla prima di rinnovare.
renewal-usage-old = Lo spazio usato è quello misurato { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) }, e può essere cambiato: prima di attivare il rinnovo il gestore lo ricontrolla.
renewal-usage-over-mailbox = Casella: usati <b>{ GB($used) }</b> su { GB($room) }
renewal-usage-over-archive = Archivio: usati <b>{ GB($used) }</b> su { GB($room) }
renewal-usage-delete-mailbox = { GB($gb) } dalla casella
renewal-usage-delete-archive = { GB($gb) } dall'archivio
renewal-usage-recheck = Ho cancellato: ricontrolla
renewal-usage-fits-now = Ora lo spazio usato ci sta.
renewal-usage-still-over = Lo spazio usato è ancora troppo. Ultima misura: { DATE($at) } alle { TIME($at) }. Dopo una cancellazione può servire un po' di tempo.
