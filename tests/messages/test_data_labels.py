"""On the page of somebody's own data, what the bot asked for bears a word, not the name that programs give it."""

import pytest

from bot.domain.registrant.fields import ShippingField
from bot.texts import Texts


@pytest.mark.parametrize("locale", ["it", "en"])
def test_where_a_kit_is_sent_has_a_word_for_each_field(texts: Texts, locale: str) -> None:
    translator = texts.translator(locale)
    assert [
        field.value
        for field in ShippingField
        if translator.plain("data-label", name=field.value) == field.value
    ] == []
