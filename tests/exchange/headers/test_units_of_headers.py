"""What headers say beside their word: units of time, thousands, currencies, taxes, zones, what is counted."""

from __future__ import annotations

import pytest

from onewindow.exchange.headers.matching import can_have_unit
from onewindow.exchange.headers.units import NO_UNIT, HeaderUnit, split_unit, without_counted

_IN_BRACKETS_OR_BEHIND_A_COMMA = {
    HeaderUnit(time="second"): "s sec secs second seconds сек секунд секунды секундах секунди",
    HeaderUnit(time="minute"): "m min mins minute minutes м мин минут минуты минутах минути",
    HeaderUnit(time="hour"): "h hr hrs hour hours ч час часов часах часа часове",
    HeaderUnit(time="day"): "d day days д дн дней дни днях дня ден",
    HeaderUnit(power="тыс"): "тыс тысяч тысячах thousand thousands k К хил хиляди",
    HeaderUnit(power="млн"): "млн миллионов миллионах million millions mln милиона",
    HeaderUnit(currency="RUB"): "рублях рублей rubles roubles RUB RUR руб. ₽ Рубли",
    HeaderUnit(currency="BGN"): "левове левах BGN leva лв. лева",
    HeaderUnit(currency="EUR"): "euros EUR € евро",
    HeaderUnit(currency="USD"): "долларах долларов dollars долара USD $",
    HeaderUnit(currency="GBP"): "фунтах pounds GBP £",
    HeaderUnit(currency="UAH"): "грн гривен гривнах UAH ₴",
    HeaderUnit(currency="KZT"): "KZT ₸ тенге",
    HeaderUnit(currency="BYN"): "BYN byn",
    HeaderUnit(currency="CUP"): "CUP",
    HeaderUnit(tax="with"): (
        "с_НДС с_учетом_НДС включая_НДС в_т.ч._НДС в_том_числе_НДС вкл._НДС с_включен_ДДС включително_ДДС"
        " incl._VAT including_tax inc_GST with_VAT VAT_incl VAT_included ДДС_включен НДС_incl"
    ),
    HeaderUnit(tax="without"): (
        "без_НДС excl._VAT excluding_VAT ex_VAT without_tax net_of_VAT before_tax VAT_excl VAT_excluded"
    ),
    HeaderUnit(zone="UTC"): "UTC",
    HeaderUnit(zone="МСК"): "МСК",
    HeaderUnit(zone="GMT+3"): "GMT+3",
    HeaderUnit(zone="Europe/Sofia"): "Europe/Sofia",
    NO_UNIT: (
        "шт. штук штука штуки ед. бр. броя бройки лицензий лицензии мест коп. pcs pc pieces units seats"
        " users licences"
    ),
}


@pytest.mark.parametrize("unit", list(_IN_BRACKETS_OR_BEHIND_A_COMMA), ids=str)
def test_a_unit_set_apart_is_no_part_of_the_word(unit: HeaderUnit) -> None:
    for word in _IN_BRACKETS_OR_BEHIND_A_COMMA[unit].replace("_", "\u00a0").split(" "):
        said = word.replace("\u00a0", " ")
        for header in (f"Объём ({said})", f"Объём [{said}]", f"Объём, {said}", f"Объём: {said}"):
            if ("/" in said and not header.endswith((")", "]"))) or (header[-1] in ")]" and ")" in said):
                continue  # a slash sets apart as well
            assert split_unit(header) == ("объем", unit), header


@pytest.mark.parametrize(
    ("header", "word", "unit"),
    [
        ("Amount EUR", "amount", HeaderUnit(currency="EUR")),
        ("amountEur", "amount", HeaderUnit(currency="EUR")),
        ("Сумма с НДС руб", "сумма", HeaderUnit(currency="RUB", tax="with")),
        ("Сумма без НДС, тыс. руб.", "сумма", HeaderUnit(currency="RUB", power="тыс", tax="without")),
        ("Сумма тыс EUR, USD", "сумма", HeaderUnit(currency="USD", power="тыс")),
        ("Total in euros (incl. VAT)", "total", HeaderUnit(currency="EUR", tax="with")),
        ("Время в минутах", "время", HeaderUnit(time="minute")),
        ("Време във часове", "време", HeaderUnit(time="hour")),
        ("Time in hours spent", "time spent", HeaderUnit(time="hour")),
        ("Time, in hours", "time", HeaderUnit(time="hour")),
        ("Time (in hours) [UTC]", "time", HeaderUnit(time="hour", zone="UTC")),
        ("Сумма [млн] / USD", "сумма", HeaderUnit(currency="USD", power="млн")),
        ("Время реакции мин", "время реакции", HeaderUnit(time="minute")),
        ("Количество шт", "количество", NO_UNIT),
        ("Price net of VAT", "price", HeaderUnit(tax="without")),
    ],
)
def test_units_at_the_end_and_behind_in_and_several_at_once(header: str, word: str, unit: HeaderUnit) -> None:
    assert split_unit(header) == (word, unit)


@pytest.mark.parametrize(
    "header",
    [
        # Letters alone are a unit only where they are set apart.
        *("Class d", "Точка м", "Plan k"),
        # Codes of currencies that are words, and words that are all there is.
        *("Over the top", "Bottle cup", "Minutes", "Рублей", "EUR", "(EUR)", ", EUR"),
        # What a thing costs is another thing: the word stays whole.
        *("Цена за шт", "Price per unit", "Price a seats", "Rate per users"),
        # One part that is no unit keeps the whole header as it is.
        *("Сумма (по договору), руб.", "Телефон (рабочий)", "Время, откуда угодно", "Сумма НДС"),
    ],
)
def test_what_is_no_unit_stays_a_part_of_the_word(header: str) -> None:
    assert split_unit(header) == (header, NO_UNIT)


def test_thousands_and_millions_are_factors() -> None:
    powers = ("", "тыс", "млн")
    assert [HeaderUnit(power=power).factor for power in powers] == [1, 1000, 1_000_000]


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        ("50 шт.", "50"),
        ("1 200 Штук", "1 200"),
        ("-3,5 pcs", "-3,5"),
        ("12 users", "12"),
        ("12 км", "12 км"),
        ("шт. 50", "шт. 50"),
        ("50", "50"),
    ],
)
def test_what_is_counted_is_no_part_of_its_number(cell: str, bare: str) -> None:
    assert without_counted(cell) == bare


@pytest.mark.parametrize(
    ("kind", "field", "units"),
    [
        ("request", "responded_at", "time zone"),
        ("request", "resolved_at", "time zone"),
        ("request", "promised_at", "time zone"),
        ("request", "opened_at", "zone"),
        ("request", "changed_at", "zone"),
        ("usage", "date", "zone"),
        ("usage", "last_used_on", "zone"),
        ("request", "minutes", "time power"),
        ("document", "due_on", "time zone"),
        ("document", "issued_on", "zone"),
        ("document", "amount", "power currency tax"),
        ("licence", "bought", "power"),
        ("client", "name", ""),
    ],
)
def test_which_units_the_cells_of_a_field_can_be_in(kind: str, field: str, units: str) -> None:
    said = {
        "time": HeaderUnit(time="hour"),
        "zone": HeaderUnit(zone="UTC"),
        "power": HeaderUnit(power="тыс"),
        "currency": HeaderUnit(currency="EUR"),
        "tax": HeaderUnit(tax="with"),
    }
    assert {name for name, unit in said.items() if can_have_unit(kind, field, unit)} == set(units.split())
