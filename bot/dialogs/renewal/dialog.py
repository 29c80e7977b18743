"""The renewal dialog, assembled from the windows of its steps."""

from aiogram_dialog import Dialog

from bot.dialogs.renewal import (
    field,
    holder,
    kit,
    leave,
    mailboxes,
    offer,
    payment,
    placed,
    plan,
    recap,
    recipient,
    reference_email,
    registrant,
    space,
    years,
)
from bot.dialogs.renewal.flow import take_start_data


def renewal_dialog() -> Dialog:
    """A new renewal dialog: one can be attached to one dispatcher only."""
    return Dialog(
        *holder.windows(),
        *mailboxes.windows(),
        *offer.windows(),
        *plan.windows(),
        *space.windows(),
        *kit.windows(),
        *registrant.windows(),
        *reference_email.windows(),
        *recipient.windows(),
        *field.windows(),
        *payment.windows(),
        *years.windows(),
        *recap.windows(),
        *placed.windows(),
        *leave.windows(),
        on_start=take_start_data,
    )
