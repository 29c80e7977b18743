### Digital signature kit: the offer, the person, the shipping.

renewal-kit-offer =
    <b>Digital signature kit</b>

    It signs documents with legal value. The mailbox can be renewed without it.

    { $kits }

    Prices include VAT and are paid once. The certificate is never renewed automatically.
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

renewal-kit-holder =
    <b>Who the kit is for</b>
    { $kit }

    The signing certificate belongs to one natural person. E-mail and mobile must be that person’s own: not an office’s, nor those of whoever places the order.
    { $begun ->
        [true] {""}
            { $person }

            To change a detail, tap it below.
       *[false] {""}
    }
renewal-kit-holder-registrant = For { $name }
renewal-kit-holder-other = For somebody else

## The shipping

renewal-kit-shipping =
    <b>Where the kit is sent</b>
    { $kit }

    { $begun ->
        [true]
            { $address }

            To change a detail, tap it below.
       *[false]
            The registrant’s address is:
            { $registrant_name }
            { $registrant_address }
    }
renewal-kit-shipping-registrant = Ship to the registrant
renewal-kit-shipping-other = Ship to another address
