"""What a customer does not renew stays so whatever the file brings, until its expiry is another one."""

from datetime import date, timedelta

from bot.services.actor import Actor
from bot.services.services import Services
from tests.end_to_end.held.office import BOTH_KINDS, CUSTOMER, FILE, Office
from tests.support.running_bot import Talk


@BOTH_KINDS
async def test_no_import_undoes_it_and_another_expiry_ends_it(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    actor, box = Actor(chat.id, "it"), (await office.mailbox()).id
    await services.declining.decline(actor, box)

    async def declined() -> bool:
        return (await services.cards.read(actor, box)).mailbox.declined

    for row in (FILE, FILE | {"plan": "pro"}, FILE | {"auto_renew": "true"}, FILE | {"auto_renew": "false"}):
        report = await office.imports(row)
        assert (report.exit_code, report.held) == (0, {}), "nothing to hold: no column speaks of it"
        assert await declined()
    later = (date.fromisoformat(FILE["expires_on"]) + timedelta(days=365)).isoformat()
    await office.imports(FILE | {"expires_on": later})
    assert not await declined()
    await office.imports(FILE)
    assert await declined(), "it was said of this expiry"
