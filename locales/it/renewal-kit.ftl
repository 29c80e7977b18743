### Kit di firma digitale: l’offerta, la persona, la spedizione.

renewal-kit-offer =
    <b>Kit di firma digitale</b>

    Serve a firmare documenti con valore legale. Per rinnovare la casella non occorre.

    { $kits }

    I prezzi comprendono l’IVA e si pagano una volta sola. Il certificato non si rinnova mai in automatico.
renewal-kit-description =
    <b>{ $kit }</b>
    { $description }
    <b>{ MONEY($price) }</b>{ $shipped ->
        [true] {" "}più { MONEY($shipping) } di spedizione
       *[false] {""}
    } · certificato di { $years ->
        [one] { $years } anno
       *[other] { $years } anni
    }
renewal-kit-choice = { $kit } · { MONEY($total) }
renewal-kit-choice-none = Senza kit
renewal-kit-withdrawn = non più in vendita

## La persona

renewal-kit-holder =
    <b>A chi si intesta il kit</b>
    { $kit }

    Il certificato di firma è di una sola persona fisica. Email e cellulare devono essere i suoi, personali: non quelli dell’ufficio o di chi compila l’ordine.
    { $begun ->
        [true] {""}
            { $person }

            Per cambiare un dato basta toccarlo qui sotto.
       *[false] {""}
    }
renewal-kit-holder-registrant = Per { $name }
renewal-kit-holder-other = Per un’altra persona

## La spedizione

renewal-kit-shipping =
    <b>Dove si spedisce il kit</b>
    { $kit }

    { $begun ->
        [true]
            { $address }

            Per cambiare un dato basta toccarlo qui sotto.
       *[false]
            L’indirizzo dell’intestatario è:
            { $registrant_name }
            { $registrant_address }
    }
renewal-kit-shipping-registrant = Spedisci all’intestatario
renewal-kit-shipping-other = Spedisci a un altro indirizzo
