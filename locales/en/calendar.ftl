### The file with the expiry dates for a calendar, and what its events say.

calendar-file = pec-expiry-dates.ics
calendar-caption =
    📅 <b>Expiry dates for your calendar</b>

    { $count ->
        [one] The date of one mailbox is in the file
       *[other] The dates of { $count } mailboxes are in the file
    }: open it with the calendar of your phone or computer. The dates are those of today, so ask for it again after a renewal.
calendar-none = There is no expiry date to put in a calendar.

## The events

calendar-name = PEC expiry dates, { $operator }
calendar-summary = { $kind ->
    [last-day] Last day to renew { $address }
    [auto-renew] PEC expiry date with automatic renewal: { $address }
   *[expiry] PEC expiry date: { $address }
}
calendar-description = { $kind ->
    [last-day] The mailbox { $address } ({ $plan } plan) expired on { DATE($expires) }. This is the last day on which it can be renewed: then it is deleted with all of its messages.
    [auto-renew] The mailbox { $address } ({ $plan } plan) renews itself: automatic renewal is on, with a charge on { DATE($charged) }.
   *[expiry] The mailbox { $address } ({ $plan } plan) expires on this day. After that it still receives but can no longer send, and without a renewal it is deleted after { DATE($last) }.
}{ $own ->
    [true] {" "}It is renewed with its domain.
   *[false] {""}
}
    To renew: { $link }
    As of { DATE($today) }.
calendar-alarm = { $kind ->
    [last-day] { $days ->
        [one] Tomorrow is the last day to renew { $address }
       *[other] In { $days } days it is the last day to renew { $address }
    }
   *[expiry] { $days ->
        [one] The PEC mailbox { $address } expires tomorrow
       *[other] The PEC mailbox { $address } expires in { $days } days
    }
}
