### GB aggiuntivi di casella e archivio.

renewal-space =
    <b>Serve altro spazio?</b>
    { $address }, piano { $plan }
    { $body }

renewal-space-mailbox = <b>Casella</b>: { renewal-space-included }{ renewal-space-in-use }
    Aggiuntivi: <b>{ GB($extra) }</b> · { MONEY($price) } per GB all'anno
renewal-space-archive = <b>Archivio</b>: { renewal-space-included }{ renewal-space-in-use }
    Aggiuntivi: <b>{ GB($extra) }</b> · { MONEY($price) } per GB all'anno
renewal-space-included = { GB($included) } { $included ->
    [one] incluso
   *[other] inclusi
}
renewal-space-in-use = { $says_usage ->
    [yes] , { $usage }
   *[no] {""}
}
renewal-space-limits-of = { $which ->
    [mailbox] Casella
   *[archive] Archivio
}: { $limits }
renewal-space-used = { GB($gb) } usati
renewal-space-used-unknown = quelli usati non sono noti
renewal-space-limits = al massimo { GB($cap) } in più, { GB($total) } in tutto
renewal-space-limits-needed = almeno { GB($needed) } in più, per lo spazio usato; al massimo { GB($cap) }, { GB($total) } in tutto
renewal-space-limits-not-enough = al massimo { GB($cap) } in più, { GB($total) } in tutto, ma per lo spazio usato ne servirebbero { GB($needed) } in più: si possono cancellare dei messaggi o cambiare piano
renewal-space-not-sold = Con questo piano non si può aggiungere spazio.

renewal-space-now = Spazio aggiuntivo di oggi: { LIST($extra) }
renewal-space-price = Spazio aggiuntivo scelto: <b>{ MONEY($price) }</b> all'anno, IVA inclusa. I GB aggiuntivi scadono insieme alla casella.
renewal-space-price-none = Nessuno spazio aggiuntivo scelto. I prezzi sono IVA inclusa; i GB aggiuntivi scadono insieme alla casella.

renewal-space-less-mailbox = −{ $gb } casella
renewal-space-more-mailbox = +{ $gb } casella
renewal-space-less-archive = −{ $gb } archivio
renewal-space-more-archive = +{ $gb } archivio
