"""`onewindow segment …`: how a filter is read, who is in it, and one sentence for what cannot be read."""

from __future__ import annotations

from command_line import CommandLine


def _fill(cli: CommandLine) -> None:
    cli.run("client", "add", "Вектор", "--tier", "B", "--city", "Казань")
    cli.run("client", "add", "Балкан", "--tier", "A", "--city", "София", "--country", "BG")
    cli.run("segment", "add", "Казань", "--filter", "город:казань")
    cli.run("segment", "add", "Ключевые", "--filter", "tier:A")


def test_the_members_of_a_segment_are_listed_and_counted(romashka: CommandLine) -> None:
    _fill(romashka)
    assert [client["name"] for client in romashka.data("segment", "members", "Казань")] == [
        "Ромашка",
        "Вектор",
    ]
    assert romashka.out("segment", "members", "Ключев", "--count") == "2"
    typed = ("segment", "members", "--filter", "segment:Ключевые -segment:Казань")
    assert [client["name"] for client in romashka.data(*typed)] == ["Балкан"]
    assert [client["name"] for client in romashka.data("segment", "members", "Казань", "--limit", "1")] == [
        "Ромашка"
    ]
    assert "Балкан" in romashka.out("segment", "members", "Ключевые")


def test_a_list_of_segments_has_their_counts(romashka: CommandLine) -> None:
    _fill(romashka)
    listed = {segment["name"]: segment["clients"] for segment in romashka.data("segment", "list")}
    assert listed == {"Казань": 2, "Ключевые": 2}
    assert romashka.data("segment", "show", "Казань")["clients"] == 2
    assert "read as  city:казань" in romashka.out("segment", "show", "Казань")


def test_a_filter_is_tried_before_it_is_saved(romashka: CommandLine) -> None:
    assert romashka.out("segment", "check", "тариф:vip город:Казань").splitlines() == [
        "read as  tier:A city:Казань",
        "clients  1",
    ]
    assert romashka.refusal("segment", "check", "tir:A").startswith("“tir” at character 1 is no field")
    message = romashka.refusal("segment", "add", "Плохой", "--filter", "tier:Z", code=2)
    assert message == "filter: “tier:Z” at character 1 cannot be; write tier:A, B, C or D."
    assert romashka.data("segment", "list") == []
    assert "name a segment or give a --filter" in romashka.refusal("segment", "members", code=2)


def test_a_segment_whose_names_are_gone_is_told_by_check(romashka: CommandLine) -> None:
    _fill(romashka)
    romashka.run("segment", "add", "Обе", "--filter", "segment:Казань,Ключевые")
    romashka.run("segment", "archive", "Казань")
    checked = {segment["name"]: segment for segment in romashka.data("segment", "check")}
    assert (checked["Ключевые"]["clients"], checked["Ключевые"]["problem"]) == (2, "")
    assert "there is no segment “Казань”" in checked["Обе"]["problem"]
    assert "there is no segment “Казань”" in romashka.out("segment", "list")


def test_an_announcement_needs_an_audience_that_can_be_read(romashka: CommandLine) -> None:
    message = romashka.refusal("announcement", "add", "Склад 5.2", "--audience", "product:склад", code=2)
    assert message == "audience: product:склад names nothing: there is no product “склад”."


def test_the_list_of_clients_takes_a_filter_in_words(romashka: CommandLine) -> None:
    _fill(romashka)
    listed = romashka.data("client", "list", "--where", "segment:Казань")
    assert [client["name"] for client in listed] == ["Ромашка", "Вектор"]
    listed = romashka.data("client", "list", "--where", "segment:Казань", "--tier", "B")
    assert [client["name"] for client in listed] == ["Вектор"]
    assert romashka.refusal("client", "list", "--where", "tir:A").startswith("“tir” at character 1")
