### Kit di firma digitale: l'offerta, la persona, la spedizione.

renewal-kit-offer =
    <b>Kit di firma digitale</b>
    Serve a firmare documenti con valore legale. Per rinnovare la casella non occorre.

    I prezzi sono IVA inclusa e si pagano una volta sola. Il certificato non si rinnova mai in automatico.
    { $kits }
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

renewal-kit-holder-rule = Il certificato di firma è di una sola persona fisica. Email e cellulare devono essere i suoi, personali: non quelli dell'ufficio o di chi compila l'ordine.
renewal-kit-holder-empty =
    <b>A chi si intesta il kit</b>
    { $kit }
    <blockquote expandable>{ renewal-kit-holder-rule }</blockquote>
    Servono nome, cognome, codice fiscale, email e cellulare: si scrivono uno alla volta.
renewal-kit-holder-card =
    <b>A chi si intesta il kit</b>
    { $kit }
    <blockquote expandable>{ renewal-kit-holder-rule }</blockquote>
    { $card }
renewal-kit-holder-registrant = Per { $name }
renewal-kit-holder-other = Per un'altra persona

## La spedizione

renewal-kit-shipping-empty =
    <b>Dove si spedisce il kit</b>
    { $kit }

    L'indirizzo del titolare è:
    { $name }
    { $address }
renewal-kit-shipping-card =
    <b>Dove si spedisce il kit</b>
    { $kit }

    { $card }
renewal-kit-shipping-registrant = Spedisci al titolare
renewal-kit-shipping-other = Spedisci a un altro indirizzo
