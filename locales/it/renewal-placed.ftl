### Conferma dell'ordine.

renewal-placed =
    🧾 <b>Ordine { $order } ricevuto</b>
    { $body }
renewal-placed-when = Il rinnovo si completa quando il pagamento è registrato: fino ad allora la scadenza non cambia.
renewal-placed-cancel = Finché non è pagato, l'ordine si può annullare: si trova in /ordini.
renewal-placed-open = Vedi l'ordine
