"""A reference: the two screens as a bot of python-telegram-bot shows them with a ConversationHandler, all in memory.

``python -m tests.load.peers.conversation_handler_bot ADDRESS TOKEN SCREENS``. Set up as the library's examples have it:
an `Application` with its defaults, a handler for each button, `run_polling`.
"""

import re
import sys
import warnings
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
)
from telegram.warnings import PTBUserWarning

from tests.load.stage.shown import BACK, OPEN, Asked, read_asked

FIRST, PLANS = range(2)


def keyboard(asked: Asked) -> InlineKeyboardMarkup:
    """The keyboard that the product asked for, with the data behind its buttons."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(b["text"], url=b.get("url"), callback_data=b.get("callback_data"))
                for b in row
            ]
            for row in asked.keyboard
        ]
    )


def pattern(asked: Asked, label: str) -> str:
    """What the button with this label sends."""
    (data,) = (b["callback_data"] for row in asked.keyboard for b in row if label in b["text"])
    return f"^{re.escape(data)}$"


def main(address: str, token: str, screens: Path) -> None:
    """Poll until the process is ended."""
    first, plans = read_asked(screens)
    first_keyboard, plans_keyboard = keyboard(first), keyboard(plans)

    async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        await update.message.reply_text(first.html, parse_mode="HTML", reply_markup=first_keyboard)
        return FIRST

    async def to_plans(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(
            plans.html, parse_mode="HTML", reply_markup=plans_keyboard
        )
        return PLANS

    async def back(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(
            first.html, parse_mode="HTML", reply_markup=first_keyboard
        )
        return FIRST

    warnings.filterwarnings(
        "ignore", category=PTBUserWarning
    )  # a button is looked for in the chat, as is meant
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                FIRST: [CallbackQueryHandler(to_plans, pattern(first, OPEN))],
                PLANS: [CallbackQueryHandler(back, pattern(plans, BACK))],
            },
            fallbacks=[CommandHandler("start", start)],
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
