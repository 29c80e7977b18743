### Conferma dell'ordine.

renewal-placed =
    🧾 <b>Ordine { $order } ricevuto</b>
    { $body }
renewal-placed-when = Il rinnovo si completa quando il pagamento è registrato: fino ad allora la scadenza non cambia.
renewal-placed-cancel = Finché non è pagato, l'ordine si può annullare: si trova in /ordini.
renewal-placed-open = Vedi l'ordine

## Recesso

order-withdrawal = Un consumatore può recedere entro { $days } giorni dall'ordine, fino { ARTICLE("al", $until) }{ DATE($until) }, senza dire perché: basta scrivere il numero d'ordine a { $email }.
order-withdrawal-until = Recesso: fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>, scrivendo a { $email }.
order-withdrawal-how = Un consumatore può recedere entro { $days } giorni dall'ordine, senza dire perché: basta il numero d'ordine.
