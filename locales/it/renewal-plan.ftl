### Tenere il piano o cambiarlo: prima ciò che si perde, poi ciò che si ottiene.

renewal-plan =
    <b>Quale piano?</b>
    { $address }

    { $plans }
renewal-plan-line = <b>{ $plan }</b>: { $includes }
renewal-plan-also = Con { LIST($plans) } anche: { $features }
renewal-plan-prices = Prezzi per un anno, { renewal-vat }, con lo spazio che serve; tra parentesi la differenza.
renewal-plan-withdrawn = { $current } non è più in vendita: chi lo lascia non può tornarci.
renewal-plan-choice-current = { $plan } · { MONEY($price) } · attuale
renewal-plan-choice-same = { $plan } · { MONEY($price) } (stesso prezzo)
renewal-plan-choice-more = { $plan } · { MONEY($price) } (+{ MONEY($difference) })
renewal-plan-choice-less = { $plan } · { MONEY($price) } (−{ MONEY($difference) })
renewal-plan-choice-unfit = { $plan } · troppo pieno
renewal-plan-guide = Confronta i piani

renewal-plan-change =
    <b>Da { $old } a { $new }</b>
    { $address }

    { $body }

## Ciò che si perde

renewal-plan-losses = <b>Si perde</b>
renewal-plan-loses-nothing = <b>Non si perde nulla</b>
renewal-plan-loses-archive = • L'<b>archivio PEC viene chiuso</b> e tutti i messaggi che contiene vengono cancellati: <b>{ GB($gb) }</b>
renewal-plan-loses-archive-unknown = • L'<b>archivio PEC viene chiuso</b> e tutti i messaggi che contiene vengono cancellati: quanti siano non è noto
renewal-plan-loses-archive-empty = • L'archivio PEC, che risulta vuoto, viene chiuso
renewal-plan-loses-mailbox-gb = • Casella: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-loses-archive-gb = • Archivio: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-loses-extra-mailbox = • Spazio aggiuntivo della casella: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-loses-extra-archive = • Spazio aggiuntivo dell'archivio: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-loses-feature = • { $feature }
renewal-plan-loses-promotion = • La promozione { $promotion }, che non vale per il nuovo piano
renewal-plan-loses-withdrawn = • La possibilità di tornare a { $old }, che non è più in vendita

## Ciò che si ottiene

renewal-plan-gains = <b>Si ottiene</b>
renewal-plan-gains-mailbox-gb = • Casella: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-gains-archive-gb = • Archivio: da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-gains-archive = • Un archivio PEC di { GB($new_gb) }
renewal-plan-gains-feature = • { $feature }

## Spazio usato

renewal-plan-space-over =
    <b>Lo spazio usato è più di quello incluso in { $new }</b>
    { $over }
renewal-plan-space-bought = Serve spazio aggiuntivo: { LIST($extra) }, { MONEY($price) } all'anno, IVA inclusa. Con il cambio viene aggiunto. Per farne a meno basta cancellare almeno { LIST($delete) } e ricontrollare.
renewal-plan-space-kept = Lo copre lo spazio aggiuntivo che la casella ha già: { LIST($extra) }, { MONEY($price) } all'anno, IVA inclusa.
renewal-plan-space-impossible = Il cambio non è possibile finché non si cancellano almeno { LIST($delete) }: { $new } non può avere abbastanza spazio aggiuntivo. Poi basta ricontrollare.

renewal-plan-when = Il cambio vale da quando il rinnovo è completato.
renewal-plan-take = Passa a { $new } · { MONEY($due) }
renewal-plan-recomputed = Con { $plan } lo spazio aggiuntivo cambia: { LIST($changes) }.
renewal-plan-recomputed-mailbox = casella da { GB($old_gb) } a { GB($new_gb) }
renewal-plan-recomputed-archive = archivio da { GB($old_gb) } a { GB($new_gb) }

## Seconda conferma: l'archivio viene cancellato

renewal-plan-archive-loss =
    <b>L'archivio verrà cancellato</b>

    Con il piano { $new } l'archivio di <b>{ $address }</b> viene chiuso, e con esso si cancellano per sempre { $known ->
        [true] <b>{ GB($gb) } di messaggi</b>
       *[false] <b>tutti i messaggi archiviati</b> (la quantità non è nota)
    }. Succede quando il rinnovo è completato, e non si può annullare, nemmeno tornando a un piano con archivio.

    I messaggi da conservare vanno salvati altrove prima di pagare.
renewal-plan-archive-loss-take = Cancella l'archivio
