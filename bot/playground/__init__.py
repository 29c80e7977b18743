"""The playground: an embedded Telegram, for trying the bot and testing it without an account.

It speaks the Bot API over HTTP and shows a chat page in the browser. It knows nothing about the bot: the bot
reaches it only through `BOT_API_URL`, with long polling, as it would reach Telegram.

Layers, each usable alone:

`world`
    `World`: chats, messages, updates and files in memory, strict as Telegram is. `await world.call(method,
    params, files)` is the bot's only entrance; `open_chat`, `send_text`, `deep_link`, `tap` and the
    rest are what a person does with a phone.
`session`
    `WorldSession`: an aiogram session that calls a `World` in the same process, for fast tests.
`server`
    `create_playground`: the `World` as an HTTP application, and the chat page.
`runner`
    `serve_playground`: that application on a loopback port, inside the running event loop::

        async with serve_playground(world, people=[Persona(...)], port=8081) as address:
            ...  # BOT_API_URL=address, and a browser opens it too
`mail`
    `MailRoom` and `serve_mail`: a mail server that the bot reaches through `SMTP_URL`; given to the runner, its
    mails can be read on a page of their own, at `/mail`.
`payments_panel`
    `PaymentsPanel`: the operator's system, which reports payments to the bot by the signed callback; given to the
    runner, it has a panel beside each chat.
`travels`
    `TimeMachine`: what knows the next event of a person and moves the clock there; given to the runner, the pages show
    its time, with a button above each chat that goes on.

A test that drives a dispatcher by hand reads like a chat::

    world = World("42:TEST")
    world.open_chat(7, "Ada", "it")
    bot = Bot(world.token, session=WorldSession(world))

    world.send_text(7, "/start")
    for update in world.drain_updates():
        await dispatcher.feed_raw_update(bot, update)

    assert "Ciao" in world.last_answer(7).text
    world.tap(7, world.last_answer(7).message_id, "Continua")
"""
