"""Countries by their names: in Italian, in English and in their own languages, and by ISO 3166's three letters.

Names are those of CLDR. They are compared by their letters alone, whatever the alphabet, without accents and case.
"""

# ruff: noqa: RUF001 - letters of other alphabets look like ours, and are meant

from __future__ import annotations

import unicodedata
from typing import Final

_TABLE: Final = """
    AD AND Andorra
    AE ARE Emirati Arabi Uniti|United Arab Emirates|الإمارات العربية المتحدة
    AF AFG Afghanistan|افغانستان
    AG ATG Antigua e Barbuda|Antigua & Barbuda
    AI AIA Anguilla
    AL ALB Albania|Shqipëri
    AM ARM Armenia|Հայաստան
    AO AGO Angola
    AQ ATA Antartide|Antarctica
    AR ARG Argentina
    AS ASM Samoa Americane|American Samoa
    AT AUT Austria|Österreich
    AU AUS Australia
    AW ABW Aruba
    AX ALA Isole Åland|Åland Islands|Åland
    AZ AZE Azerbaigian|Azerbaijan|Azərbaycan|Азәрбајҹан
    BA BIH Bosnia ed Erzegovina|Bosnia & Herzegovina|Босна и Херцеговина|Bosna i Hercegovina
    BB BRB Barbados
    BD BGD Bangladesh|বাংলাদেশ
    BE BEL Belgio|Belgium|België|Belgique|Belgien
    BF BFA Burkina Faso
    BG BGR Bulgaria|България
    BH BHR Bahrein|Bahrain|البحرين
    BI BDI Burundi|Uburundi
    BJ BEN Benin
    BL BLM Saint-Barthélemy|St. Barthélemy
    BM BMU Bermuda
    BN BRN Brunei|بروني
    BO BOL Bolivia
    BQ BES Caraibi Olandesi|Caribbean Netherlands|Caribisch Nederland
    BR BRA Brasile|Brazil|Brasil
    BS BHS Bahamas
    BT BTN Bhutan|འབྲུག
    BV BVT Isola Bouvet|Bouvet Island
    BW BWA Botswana
    BY BLR Bielorussia|Belarus|Беларусь
    BZ BLZ Belize
    CA CAN Canada
    CC CCK Isole Cocos (Keeling)|Cocos (Keeling) Islands
    CD COD Congo - Kinshasa
    CF CAF Repubblica Centrafricana|Central African Republic|Ködörösêse tî Bêafrîka|République centrafricaine
    CG COG Congo-Brazzaville
    CH CHE Svizzera|Switzerland|Schweiz|Schwiiz|Suisse
    CI CIV Costa d'Avorio|Côte d'Ivoire
    CK COK Isole Cook|Cook Islands
    CL CHL Cile|Chile
    CM CMR Camerun|Cameroon|Cameroun
    CN CHN Cina|China|中国
    CO COL Colombia
    CR CRI Costa Rica
    CU CUB Cuba
    CV CPV Capo Verde|Cape Verde|Cabo Verde
    CW CUW Curaçao|Kòrsou
    CX CXR Isola Christmas|Christmas Island
    CY CYP Cipro|Cyprus|Κύπρος|Kıbrıs
    CZ CZE Cechia|Czechia|Česko
    DE DEU Germania|Germany|Deutschland
    DJ DJI Gibuti|Djibouti|جيبوتي
    DK DNK Danimarca|Denmark|Danmark
    DM DMA Dominica
    DO DOM Repubblica Dominicana|Dominican Republic|República Dominicana
    DZ DZA Algeria|الجزائر|Algérie
    EC ECU Ecuador
    EE EST Estonia|Eesti
    EG EGY Egitto|Egypt|مصر
    EH ESH Sahara Occidentale|Western Sahara|الصحراء الغربية
    ER ERI Eritrea|ኤርትራ|إريتريا
    ES ESP Spagna|Spain|España
    ET ETH Etiopia|Ethiopia|ኢትዮጵያ
    FI FIN Finlandia|Finland|Suomi
    FJ FJI Figi|Fiji
    FK FLK Isole Falkland|Falkland Islands
    FM FSM Micronesia
    FO FRO Isole Fær Øer|Faroe Islands|Føroyar
    FR FRA Francia|France
    GA GAB Gabon
    GB GBR Regno Unito|United Kingdom
    GD GRD Grenada
    GE GEO Georgia|საქართველო
    GF GUF Guyana Francese|French Guiana|Guyane française
    GG GGY Guernsey
    GH GHA Ghana
    GI GIB Gibilterra|Gibraltar
    GL GRL Groenlandia|Greenland|Kalaallit Nunaat
    GM GMB Gambia
    GN GIN Guinea|Guinée
    GP GLP Guadalupa|Guadeloupe
    GQ GNQ Guinea Equatoriale|Equatorial Guinea|Guinea Ecuatorial|Guinée équatoriale|Guiné Equatorial
    GR GRC Grecia|Greece|Ελλάδα
    GS SGS Georgia del Sud e Sandwich Australi|South Georgia & South Sandwich Islands
    GT GTM Guatemala
    GU GUM Guam
    GW GNB Guinea-Bissau|Guiné-Bissau
    GY GUY Guyana
    HK HKG RAS di Hong Kong|Hong Kong SAR China|中國香港特別行政區
    HM HMD Isole Heard e McDonald|Heard & McDonald Islands
    HN HND Honduras
    HR HRV Croazia|Croatia|Hrvatska
    HT HTI Haiti
    HU HUN Ungheria|Hungary|Magyarország
    ID IDN Indonesia
    IE IRL Irlanda|Ireland|Éire
    IL ISR Israele|Israel|ישראל|إسرائيل
    IM IMN Isola di Man|Isle of Man|Ellan Vannin
    IN IND India|भारत
    IO IOT Territorio Britannico dell'Oceano Indiano|British Indian Ocean Territory
    IQ IRQ Iraq|العراق
    IR IRN Iran|ایران
    IS ISL Islanda|Iceland|Ísland
    IT ITA Italia|Italy
    JE JEY Jersey
    JM JAM Giamaica|Jamaica
    JO JOR Giordania|Jordan|الأردن
    JP JPN Giappone|Japan|日本
    KE KEN Kenya
    KG KGZ Kirghizistan|Kyrgyzstan|Кыргызстан|Киргизия
    KH KHM Cambogia|Cambodia|កម្ពុជា
    KI KIR Kiribati
    KM COM Comore|Comoros|جزر القمر|Comores
    KN KNA Saint Kitts e Nevis|St. Kitts & Nevis
    KP PRK Corea del Nord|North Korea|북한
    KR KOR Corea del Sud|South Korea|대한민국
    KW KWT Kuwait|الكويت
    KY CYM Isole Cayman|Cayman Islands
    KZ KAZ Kazakistan|Kazakhstan|Казахстан|Қазақстан
    LA LAO Laos|ລາວ
    LB LBN Libano|Lebanon|لبنان
    LC LCA Saint Lucia|St. Lucia
    LI LIE Liechtenstein|Liächteschtäi
    LK LKA Sri Lanka|ශ්‍රී ලංකාව|இலங்கை
    LR LBR Liberia
    LS LSO Lesotho
    LT LTU Lituania|Lithuania|Lietuva
    LU LUX Lussemburgo|Luxembourg|Lëtzebuerg|Luxemburg
    LV LVA Lettonia|Latvia|Latvija
    LY LBY Libia|Libya|ليبيا
    MA MAR Marocco|Morocco|المغرب|Maroc|Meṛṛuk
    MC MCO Monaco
    MD MDA Moldavia|Moldova|Republica Moldova
    ME MNE Montenegro|Crna Gora
    MF MAF Saint Martin|St. Martin
    MG MDG Madagascar|Madagasikara
    MH MHL Isole Marshall|Marshall Islands
    MK MKD Macedonia del Nord|North Macedonia|Северна Македонија
    ML MLI Mali
    MM MMR Myanmar (Birmania)|Myanmar (Burma)|မြန်မာ
    MN MNG Mongolia|Монгол
    MO MAC RAS di Macao|Macao SAR China|中國澳門特別行政區|Macau, RAE da China
    MP MNP Isole Marianne Settentrionali|Northern Mariana Islands
    MQ MTQ Martinica|Martinique
    MR MRT Mauritania|موريتانيا
    MS MSR Montserrat
    MT MLT Malta
    MU MUS Mauritius|Maurice
    MV MDV Maldive|Maldives|ދިވެހި ރާއްޖެ
    MW MWI Malawi
    MX MEX Messico|Mexico
    MY MYS Malaysia
    MZ MOZ Mozambico|Mozambique|Moçambique
    NA NAM Namibia
    NC NCL Nuova Caledonia|New Caledonia|Nouvelle-Calédonie
    NE NER Niger
    NF NFK Isola Norfolk|Norfolk Island
    NG NGA Nigeria|Nàìjíríà
    NI NIC Nicaragua
    NL NLD Paesi Bassi|Netherlands|Nederland
    NO NOR Norvegia|Norway|Norge|Noreg
    NP NPL Nepal|नेपाल
    NR NRU Nauru
    NU NIU Niue
    NZ NZL Nuova Zelanda|New Zealand|Aotearoa
    OM OMN Oman|عُمان
    PA PAN Panama
    PE PER Perù
    PF PYF Polinesia Francese|French Polynesia|Polynésie française
    PG PNG Papua Nuova Guinea|Papua New Guinea|Papua Niugini
    PH PHL Filippine|Philippines|Pilipinas
    PK PAK Pakistan|پاکستان
    PL POL Polonia|Poland|Polska
    PM SPM Saint-Pierre e Miquelon|St. Pierre & Miquelon|Saint-Pierre-et-Miquelon
    PN PCN Isole Pitcairn|Pitcairn Islands
    PR PRI Portorico|Puerto Rico
    PS PSE Territori Palestinesi|Palestinian Territories|الأراضي الفلسطينية
    PT PRT Portogallo|Portugal
    PW PLW Palau
    PY PRY Paraguay|Paraguai
    QA QAT Qatar|قطر
    RE REU Riunione|Réunion|La Réunion
    RO ROU Romania
    RS SRB Serbia|Srbija|Србија
    RU RUS Russia|Россия
    RW RWA Ruanda|Rwanda|U Rwanda
    SA SAU Arabia Saudita|Saudi Arabia|المملكة العربية السعودية
    SB SLB Isole Salomone|Solomon Islands
    SC SYC Seychelles
    SD SDN Sudan|السودان
    SE SWE Svezia|Sweden|Sverige
    SG SGP Singapore|新加坡|Singapura|சிங்கப்பூர்
    SH SHN Sant'Elena|St. Helena
    SI SVN Slovenia|Slovenija
    SJ SJM Svalbard e Jan Mayen|Svalbard & Jan Mayen|Svalbard og Jan Mayen
    SK SVK Slovacchia|Slovakia|Slovensko
    SL SLE Sierra Leone
    SM SMR San Marino
    SN SEN Senegal|Senegaal
    SO SOM Somalia|Soomaaliya|الصومال
    SR SUR Suriname
    SS SSD Sud Sudan|South Sudan
    ST STP São Tomé e Príncipe|São Tomé & Príncipe
    SV SLV El Salvador
    SX SXM Sint Maarten
    SY SYR Siria|Syria|سوريا
    SZ SWZ Eswatini
    TC TCA Isole Turks e Caicos|Turks & Caicos Islands
    TD TCD Ciad|Chad|تشاد|Tchad
    TF ATF Terre Australi Francesi|French Southern Territories
    TG TGO Togo
    TH THA Thailandia|Thailand|ไทย
    TJ TJK Tagikistan|Tajikistan|Тоҷикистон
    TK TKL Tokelau
    TL TLS Timor Est|Timor-Leste
    TM TKM Turkmenistan
    TN TUN Tunisia|تونس|Tunisie
    TO TON Tonga
    TR TUR Turchia|Türkiye
    TT TTO Trinidad e Tobago|Trinidad & Tobago
    TV TUV Tuvalu
    TW TWN Taiwan|台灣
    TZ TZA Tanzania
    UA UKR Ucraina|Ukraine|Україна|Украина
    UG UGA Uganda
    UM UMI Isole Minori Esterne degli Stati Uniti|U.S. Outlying Islands
    US USA Stati Uniti|United States
    UY URY Uruguay
    UZ UZB Uzbekistan|Oʻzbekiston|Ўзбекистон
    VA VAT Città del Vaticano|Vatican City
    VC VCT Saint Vincent e Grenadine|St. Vincent & Grenadines
    VE VEN Venezuela
    VG VGB Isole Vergini Britanniche|British Virgin Islands
    VI VIR Isole Vergini Americane|U.S. Virgin Islands
    VN VNM Vietnam
    VU VUT Vanuatu
    WF WLF Wallis e Futuna|Wallis & Futuna|Wallis-et-Futuna
    WS WSM Samoa
    XK XKX Kosovo|Kosovë|Косово
    YE YEM Yemen|اليمن
    YT MYT Mayotte
    ZA ZAF Sudafrica|South Africa
    ZM ZMB Zambia
    ZW ZWE Zimbabwe
"""
"""A country a line: its two letters, its three letters, its names."""


def name_key(name: str) -> str:
    """The letters of a name, upper case, without accents: how names of countries are compared."""
    decomposed = unicodedata.normalize("NFKD", name.upper())
    return "".join(char for char in decomposed if char.isalpha())


def _spellings(name: str) -> list[str]:
    """A name, its parts where it gives another in brackets, and how it is typed where there are no umlauts."""
    parts = [name, *(part.strip() for part in name.rstrip(")").split("(")[:2] if "(" in name)]
    umlauts = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE"})
    return [name_key(part) for part in parts] + [name_key(part.upper().translate(umlauts)) for part in parts]


def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        two, three, names = line.strip().split(" ", 2)
        codes[three] = two
        for name in names.split("|"):
            for spelling in _spellings(name):
                codes.setdefault(spelling, two)
    return codes


NAMED_COUNTRIES: Final[dict[str, str]] = _codes()
"""Two-letter codes by three-letter codes and by names, as `name_key` writes them."""
