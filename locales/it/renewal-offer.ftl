### Le caselle scelte, così come sono: piano, spazio, prezzo, e la via breve per rinnovarle.

renewal-offer-one =
    <b>Rinnovo di { $address }</b>
    { $body }
renewal-offer-many =
    <b>Rinnovo di { $count } caselle</b>
    { $body }
renewal-offer-item =
    <b>{ $address }</b>
    { $body }

renewal-offer-price = Così com'è: <b>{ MONEY($due) }</b> all'anno, { renewal-vat }
renewal-offer-express = <b>Così com'è</b>: stessi piano, spazio e dati, senza kit di firma, { renewal-vat }.{ renewal-offer-incomplete }
renewal-offer-express-many = <b>Così come sono</b>, senza kit di firma.{ renewal-offer-incomplete }
renewal-offer-incomplete = { $complete ->
    [true] {""}
   *[false] {" "}Prima i dati dell'intestatario vanno completati.
}
renewal-offer-chosen = Scelto finora: <b>{ $plan }</b> senza spazio aggiuntivo, <b>{ MONEY($due) }</b> all'anno, { renewal-vat }
renewal-offer-chosen-extra = Scelto finora: <b>{ $plan }</b> più { LIST($extra) }, <b>{ MONEY($due) }</b> all'anno, { renewal-vat }
renewal-offer-list = Una casella si cambia toccandola; accanto, il prezzo di un anno, { renewal-vat }.

renewal-offer-tight =
    <b>Così com'è non si può rinnovare</b>: lo spazio usato è più di quello che c'è.
    { $over }
renewal-offer-tight-terms = <b>Così com'è non si può rinnovare</b>: le condizioni del piano sono cambiate.
renewal-offer-tight-bought = Il rinnovo comprende già lo spazio che serve: { LIST($extra) } in tutto, { MONEY($price) } all'anno, IVA inclusa. Per farne a meno basta cancellare almeno { LIST($delete) } e ricontrollare.
renewal-offer-tight-needed = Da quando il rinnovo è iniziato lo spazio usato è cresciuto: servono { LIST($extra) } in tutto, { MONEY($price) } all'anno, IVA inclusa. Per aggiungerli basta ricontrollare; per farne a meno, prima si cancellano almeno { LIST($delete) }.
renewal-offer-tight-impossible = Nel piano { $plan } non si può aggiungere abbastanza spazio. Si possono cancellare almeno { LIST($delete) } e ricontrollare, oppure scegliere un piano più grande.
renewal-offer-tight-list =
    <b>Così come sono non si possono rinnovare tutte</b>: lo spazio usato è più di quello che c'è in
    { $addresses }
    Aprendole una per una si vede che cosa serve.
renewal-offer-tight-address = <b>{ $address }</b>
renewal-offer-tight-others = { $count ->
    [one] e un'altra
   *[other] e altre { $count }
}

renewal-offer-choice = { $address } · { MONEY($due) }
renewal-offer-change-plan = Cambia piano
renewal-offer-change-space = Cambia spazio
renewal-offer-keep = Spazio e kit
renewal-offer-others = { $single ->
    [true] Altre caselle
   *[false] Caselle
}
