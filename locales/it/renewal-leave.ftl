### Annulla: conservare il rinnovo, eliminarlo, o continuare.

renewal-leave =
    <b>Interrompere il rinnovo?</b>

    { $count ->
        [0] Non c'è ancora nessuna casella scelta.
        [one] Riguarda <b>{ $first }</b>.
       *[other] Riguarda { $count } caselle, la prima è <b>{ $first }</b>.
    } Nulla è stato ordinato. Se lo conservi, le scelte fatte finora restano e si riprende da qui.
renewal-leave-nothing =
    <b>Interrompere?</b>

    Non è stato scelto ancora nulla.
renewal-leave-return = Continua il rinnovo
renewal-leave-keep = Conserva per dopo
renewal-leave-discard = Elimina questo rinnovo
renewal-leave-kept =
    <b>Il rinnovo è conservato.</b>
    Per riprenderlo: /rinnova
renewal-leave-discarded =
    <b>Il rinnovo è stato eliminato.</b>
    Nulla è stato ordinato. Per cominciarne un altro: /rinnova
renewal-leave-closed = Nulla è stato ordinato. Per ricominciare: /rinnova

## Le stesse, sopra la chat, quando il messaggio non si può cambiare

renewal-leave-kept-alert = Il rinnovo è conservato. Per riprenderlo: /rinnova
renewal-leave-discarded-alert = Il rinnovo è stato eliminato. Nulla è stato ordinato.
renewal-leave-closed-alert = Nulla è stato ordinato.
