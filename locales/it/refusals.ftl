### Perché una scelta non è stata presa: avvisi brevi, che dicono anche che cosa fare.

refusal-no-mailbox = Non è stata scelta nessuna casella. Scegline almeno una per continuare.
refusal-too-many-mailboxes = L'ordine è al completo: non può contenere altre caselle. Dopo questo se ne può fare un altro.
refusal-mailbox-not-renewable = Una casella scelta non si può più rinnovare qui. Nell'elenco è segnata con ⊘: toccandola si vede perché.
refusal-other-holder = Questa casella non è tra quelle del titolare di questo rinnovo. Per un altro titolare serve un altro rinnovo.
refusal-plan-not-on-sale = Questo piano non è in vendita. Si può tenere quello attuale o sceglierne un altro dall'elenco.
refusal-space-too-small = Lo spazio usato non ci sta. Cancella dei messaggi e ricontrolla, oppure scegli un piano più grande.
refusal-archive-loss-unconfirmed = Con questo piano l'archivio viene cancellato: serve una conferma a parte. Riapri il cambio di piano.
refusal-space-not-sold = Con questo piano non si può aggiungere spazio. Per averne di più serve un altro piano.
refusal-space-below-zero = Lo spazio aggiuntivo è già a zero.
refusal-space-below-used = È il minimo per lo spazio usato. Per averne meno, cancella prima dei messaggi.
refusal-space-above-cap = È il massimo che si può aggiungere con questo piano. Per averne di più serve un piano più grande.
refusal-kit-not-sold = Questo kit non è più in vendita. Scegline un altro, oppure continua senza.
refusal-kit-incomplete = Il kit va intestato a una persona, con tutti i suoi dati. Completa quelli che mancano.
refusal-registrant-incomplete = Tra i dati dell'intestatario qualcosa manca o non va bene. Correggi quelli segnalati, poi conferma.
refusal-method-not-offered = Questa modalità di pagamento non c'è per questo titolare. Scegline un'altra.
refusal-method-too-late = Con questa modalità il pagamento arriverebbe dopo la cancellazione della casella. Scegline una più rapida.
refusal-auto-renew-not-carried = Il rinnovo automatico è possibile solo con alcune modalità di pagamento. Scegli prima una di quelle.
refusal-years-not-offered = Questa durata non è disponibile: con una promozione il massimo è più basso. Scegline un'altra.
refusal-document-not-offered = Questa accettazione non serve per questo ordine. Le altre restano come sono.
refusal-incomplete = Manca ancora qualche scelta. Torna al riepilogo per completarla.
