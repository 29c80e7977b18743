### Inizio: come stanno le cose; e il benvenuto a chi non è ancora collegato.

home = <b>{ -product }</b> di { $operator }
home-sample = <i>Gestore di esempio: prezzi e condizioni non sono reali.</i>
home-unfinished = { $count ->
    [0] C'è un rinnovo lasciato a metà.
    [one] C'è un rinnovo lasciato a metà: <b>{ $first }</b>.
   *[other] C'è un rinnovo lasciato a metà per { $count } caselle, la prima è <b>{ $first }</b>.
}
home-next = { $late ->
    [true]
        <b>{ $address }</b> è scaduta { ARTICLE("il", $expired) }{ DATE($expired) }.
        Si può salvare fino { ARTICLE("al", $day) }<b>{ DATE($day) }</b> ({ $days ->
            [0] oggi
            [one] domani
           *[other] tra { $days } giorni
        })
   *[false]
        Prossima scadenza: <b>{ $address }</b>
        <b>{ LONGDATE($day) }</b> ({ $days ->
            [0] oggi
            [one] domani
           *[other] tra { $days } giorni
        }){ $automatic ->
            [true] {" "}· rinnovo automatico attivo
           *[false] {""}
        }
}
home-soon = { $count ->
    [one] Un'altra casella scade entro { ARTICLE("il", $by) }{ DATE($by) }.
   *[other] Altre { $count } caselle scadono entro { ARTICLE("il", $by) }{ DATE($by) }.
}
home-no-mailboxes = Nessuna casella da rinnovare.
home-deleted = { $count ->
    [one] Una casella è stata cancellata.
   *[other] { $count } caselle sono state cancellate.
}
home-gone = { $count ->
    [one] Una casella non risulta più tra quelle gestite qui.
   *[other] { $count } caselle non risultano più tra quelle gestite qui.
}
home-muted = { $count ->
    [one] Promemoria ridotti o silenziati per una casella.
   *[other] Promemoria ridotti o silenziati per { $count } caselle.
}
home-order =
    Ordine <b>{ $order }</b>: { $promised ->
        [true] pagamento di <b>{ MONEY($missing) }</b> atteso
       *[false] <b>{ MONEY($missing) }</b> da pagare
    } entro { ARTICLE("il", $by) }<b>{ DATE($by) }</b>{ $more ->
        [0] {""}
        [one] {" "}· un altro in attesa
       *[other] {" "}· altri { $more } in attesa
    }

button-home = Inizio
button-settings = Impostazioni

## Il benvenuto

welcome =
    Qui si vede quando scadono le caselle PEC, si rinnovano e si seguono gli ordini. Risponde un programma.

    Lo gestisce { $legal }: { $email }, { $phone }.

    Password e dati della carta non vengono mai chiesti.{ $mail ->
        [true] {""}
       *[false] {" "}Per collegare la chat basta aprire il pulsante <b>Rinnova</b> del promemoria di scadenza ricevuto per email; se non si trova, { $operator } può inviarne un altro.
    }
