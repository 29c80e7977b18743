"""The screens: windows, what they show and what their buttons ask of the services.

A folder a dialog: `renewal`, `orders`, `card` (of one mailbox), `settings`, `linking`; `states` names all their
windows. `context` gives a window its services, actor and words; `manager` starts and recovers dialogs; `widgets` are
the pieces that all share. `order_lines`, `paying` and `withdrawal` are parts of a text that several dialogs show;
`papers` sends an order's evidence below its screen;
`typed_words` leaves words that ask for something to whom answers them, `own_number` lets one's telephone be shared.
"""
