### Digital signature kit: the offer, the person, the shipping.

renewal-kit-offer =
    <b>Digital signature kit</b>
    It signs documents with legal value. Renewing the mailbox does not need it.

    Prices include VAT and are paid only once. The certificate never renews automatically.
    { $kits }
renewal-kit-description =
    <b>{ $kit }</b>
    { $description }
    <b>{ MONEY($price) }</b>{ $shipped ->
        [true] {" "}plus { MONEY($shipping) } for shipping
       *[false] {""}
    } · certificate for { $years ->
        [one] { $years } year
       *[other] { $years } years
    }
renewal-kit-choice = { $kit } · { MONEY($total) }
renewal-kit-choice-none = No kit
renewal-kit-withdrawn = no longer on sale

## The person

renewal-kit-holder-rule = The signing certificate belongs to one natural person. E-mail and mobile must be that person's own: not an office's, nor those of whoever places the order.
renewal-kit-holder-empty =
    <b>Who the kit is for</b>
    { $kit }
    <blockquote expandable>{ renewal-kit-holder-rule }</blockquote>

    First name, surname, tax code (codice fiscale), e-mail and mobile are needed: you enter them one at a time.
renewal-kit-holder-card =
    <b>Who the kit is for</b>
    { $kit }
    <blockquote expandable>{ renewal-kit-holder-rule }</blockquote>
    { $card }
renewal-kit-holder-registrant = For { $name }
renewal-kit-holder-other = For somebody else

## The shipping

renewal-kit-shipping-empty =
    <b>Where the kit is sent</b>
    { $kit }

    The holder's address is:
    { $name }
    { $address }
renewal-kit-shipping-card =
    <b>Where the kit is sent</b>
    { $kit }

    { $card }
renewal-kit-shipping-registrant = Ship to the holder
renewal-kit-shipping-other = Ship to another address
