"""Addresses in Italy and abroad (DOMAIN.md 3.5)."""

import pytest
from babel import Locale

from bot.domain.registrant import Context, ErrorCode, Field, FieldError, HolderKind, clean, with_number
from bot.domain.registrant.countries import COUNTRIES, COUNTRY_NAMES
from bot.domain.registrant.country_names import NAMED_COUNTRIES
from bot.domain.registrant.provinces import PROVINCE_NAMES, PROVINCES
from bot.domain.registrant.text import fold

ITALY = Context(HolderKind.COMPANY)
ABROAD = Context(HolderKind.COMPANY, "GB")


def refusal(field: Field, raw: str, context: Context = ITALY) -> ErrorCode:
    with pytest.raises(FieldError) as caught:
        clean(field, raw, context)
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Via Roma 12", "Via Roma 12"),
        ("  Via  Roma,12 ", "Via Roma,12"),
        ("Via Roma n\u00b0 12/A", "Via Roma n\u00b0 12/A"),
        ("Via 25 Aprile 3", "Via 25 Aprile 3"),
        ("Piazza 1\u00ba Maggio, 7", "Piazza 1\u00b0 Maggio, 7"),
        ("Via dell\u2019Unit\u00e0 1", "Via dell'Unit\u00e0 1"),
        ("Localit\u00e0 Casale snc", "Localit\u00e0 Casale snc"),
        ("Localit\u00e0 Casale S.N.C.", "Localit\u00e0 Casale S.N.C."),
        ("Via Verde senza numero", "Via Verde senza numero"),
        ("SS 7 km 12+300", "SS 7 km 12+300"),
        ("Dantestra\u00dfe 5", "Dantestra\u00dfe 5"),
    ],
)
def test_streets_with_their_number(raw: str, expected: str) -> None:
    assert clean(Field.STREET, raw, ITALY) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Via Roma",
        "Via 25 Aprile",
        "Piazza 1\u00b0 Maggio",
        "Via XX Settembre",
        "Via S. Nicola",
        "12 Via Roma",
    ],
)
def test_streets_that_lack_their_number(raw: str) -> None:
    assert refusal(Field.STREET, raw) is ErrorCode.STREET_NUMBER_MISSING


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("Via Roma 12 " + "x" * 60, ErrorCode.TOO_LONG),
        ("Via \U0001f600 12", ErrorCode.TEXT_CHARACTERS),
        ("\u0423\u043b\u0438\u0446\u0430 12", ErrorCode.TEXT_CHARACTERS),
        ("---", ErrorCode.LETTERS_MISSING),
        ("12", ErrorCode.LETTERS_MISSING),
        ("", ErrorCode.REQUIRED),
        ("\u200b \u2060", ErrorCode.REQUIRED),
    ],
)
def test_what_is_no_street(raw: str, code: ErrorCode) -> None:
    assert refusal(Field.STREET, raw) is code


def test_abroad_a_house_needs_no_number() -> None:
    assert clean(Field.STREET, "Rose Cottage", ABROAD) == "Rose Cottage"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("20121", "20121"),
        (" 20 121", "20121"),
        ("I-20121", "20121"),
        ("it-00118", "00118"),
        ("98168", "98168"),
    ],
)
def test_italian_postcodes(raw: str, expected: str) -> None:
    assert clean(Field.POSTCODE, raw, ITALY) == expected


@pytest.mark.parametrize("raw", ["2012", "201211", "2O121", "00000", "00009", "98169", "99999", "MI"])
def test_what_is_no_italian_postcode(raw: str) -> None:
    assert refusal(Field.POSTCODE, raw) is ErrorCode.POSTCODE_FORMAT


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("sw1a 1aa", "SW1A 1AA"), ("D-10115", "D-10115"), ("1234567890", "1234567890"), ("", "")],
)
def test_postcodes_abroad(raw: str, expected: str) -> None:
    assert clean(Field.POSTCODE, raw, ABROAD) == expected


@pytest.mark.parametrize("raw", ["12345678901", "-", "12_3", "\u041112"])
def test_what_is_no_postcode_anywhere(raw: str) -> None:
    assert refusal(Field.POSTCODE, raw, ABROAD) is ErrorCode.POSTCODE_FOREIGN


def test_every_province_is_known_by_its_letters_and_by_its_name() -> None:
    assert {"SU", "BT", "FM", "MB", "CI", "VS", "OG", "OT"} <= set(PROVINCES)
    assert len(PROVINCES) == 107 + 4
    for code, name in PROVINCES.items():
        assert clean(Field.PROVINCE, code.lower(), ITALY) == code
        assert clean(Field.PROVINCE, name, ITALY) == code
    assert all(fold(name) == name and code in PROVINCES for name, code in PROVINCE_NAMES.items())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("(mi)", "MI"),
        ("FORLI'", "FC"),
        ("fo", "FC"),
        ("Ps", "PU"),
        ("Reggio nell\u2019Emilia", "RE"),
        ("Olbia-Tempio", "OT"),
        ("Bolzano/Bozen", "BZ"),
        ("Bozen - S\u00fcdtirol", "BZ"),
        ("Provincia autonoma di Bolzano - Alto Adige", "BZ"),
        ("Valle d'Aosta/Vall\u00e9e d'Aoste", "AO"),
        ("Aosta", "AO"),
        ("Monza e della Brianza", "MB"),
        ("Provincia di Monza e della Brianza", "MB"),
        ("Napoli (NA)", "NA"),
        ("NA - Napoli", "NA"),
        ("Napoli, NA", "NA"),
        ("Citt\u00e0 metropolitana di Napoli", "NA"),
        ("Citta' Metropolitana di Roma Capitale", "RM"),
        ("Provincia dell'Aquila", "AQ"),
        ("Prov. della Spezia", "SP"),
        ("provincia del Verbano-Cusio-Ossola", "VB"),
        ("Libero consorzio comunale di Agrigento", "AG"),
        ("Gorizia / Gorica", "GO"),
        ("Massa - Carrara", "MS"),
        ("Gallura Nord-Est Sardegna", "OT"),
        ("Sulcis Iglesiente", "CI"),
        ("Carbonia-Iglesias", "CI"),
        ("Medio Campidano (VS)", "VS"),
        ("Provincia del Sud Sardegna", "SU"),
        ("Ogliastra", "OG"),
        ("Turin", "TO"),
    ],
)
def test_other_ways_to_name_a_province(raw: str, expected: str) -> None:
    assert clean(Field.PROVINCE, raw, ITALY) == expected


@pytest.mark.parametrize(
    "raw", ["XX", "M", "Londra", "EE", "MI1", "20121", "!", "Napoli (SA)", "Provincia di", "Sardegna", "di"]
)
def test_what_is_no_italian_province(raw: str) -> None:
    assert refusal(Field.PROVINCE, raw) is ErrorCode.PROVINCE_UNKNOWN


@pytest.mark.parametrize("raw", ["", "EE", "Greater London"])
def test_abroad_the_province_is_free(raw: str) -> None:
    assert clean(Field.PROVINCE, raw, ABROAD) == raw


NAMED = [
    ("\u00d6sterreich", "AT"),
    ("Oesterreich", "AT"),
    ("DEU", "DE"),
    ("Deutschland", "DE"),
    ("Germania (DE)", "DE"),
    ("DE - Germania", "DE"),
    ("Schweiz/Svizzera", "CH"),
    ("\u0395\u03bb\u03bb\u03ac\u03b4\u03b1", "GR"),
    ("\u0420\u043e\u0441\u0441\u0438\u044f", "RU"),
    ("Rom\u00e2nia", "RO"),
    ("rou", "RO"),
    ("Costa d\u2019Avorio", "CI"),
    ("Magyarorsz\u00e1g", "HU"),
    ("Inghilterra", "GB"),
    ("Repubblica di San Marino", "SM"),
]
"""Countries by names in any language of theirs, by three letters, by both."""


def test_countries_are_those_of_iso_3166() -> None:
    # CLDR adds groupings and outlying islands to the ISO list.
    more = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    territories = {code for code in map(str, Locale("en").territories) if len(code) == 2}
    assert territories - more == COUNTRIES
    assert len(COUNTRIES) == 250


def test_country_names_are_the_ones_that_people_read() -> None:
    for language in ("it", "en"):
        names = Locale(language).territories
        for code in COUNTRIES:
            assert clean(Field.COUNTRY, str(names[code]), ITALY) == code
    assert set(NAMED_COUNTRIES.values()) == COUNTRIES
    assert sum(len(name) == 3 and name.isascii() for name in NAMED_COUNTRIES) >= len(COUNTRIES)
    assert all(fold(name) == name and code in COUNTRIES for name, code in COUNTRY_NAMES.items())


@pytest.mark.parametrize(
    ("raw", "expected"), [("it", "IT"), (" Italia ", "IT"), ("UK", "GB"), ("EL", "GR"), *NAMED]
)
def test_ways_to_name_a_country(raw: str, expected: str) -> None:
    assert clean(Field.COUNTRY, raw, ITALY) == expected


@pytest.mark.parametrize("raw", ["ZZ", "Narnia", "I", "IT1", "39", "Francia (DE)", "!"])
def test_what_is_no_country(raw: str) -> None:
    assert refusal(Field.COUNTRY, raw) is ErrorCode.COUNTRY_UNKNOWN


@pytest.mark.parametrize(
    "raw", ["Milano", "Bolzano/Bozen", "Reggio nell'Emilia", "L'Aquila", "S. Giovanni", "Dublin 4"]
)
def test_towns(raw: str) -> None:
    assert clean(Field.TOWN, raw, ITALY) == raw


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("20121", ErrorCode.LETTERS_MISSING),
        ("\u6771\u4eac", ErrorCode.TEXT_CHARACTERS),
        ("M" * 61, ErrorCode.TOO_LONG),
    ],
)
def test_what_is_no_town(raw: str, code: ErrorCode) -> None:
    assert refusal(Field.TOWN, raw) is code


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("12", "Via Roma 12"),
        (" 12 / A ", "Via Roma 12 / A"),
        ("n. 3", "Via Roma n. 3"),
        ("km 4", "Via Roma km 4"),
        ("snc", "Via Roma snc"),
        ("s.n.c", "Via Roma s.n.c"),
        ("Via Verdi 1", "Via Verdi 1"),
        ("boh", "boh"),
        ("", ""),
    ],
)
def test_a_number_is_added_to_its_street_and_a_street_takes_its_place(typed: str, whole: str) -> None:
    assert with_number("Via Roma,", typed) == whole
