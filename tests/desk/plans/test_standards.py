"""A standard as people read it: where it stands, when it is looked at, every check with its word."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.plans import standards
from onewindow.desk.session.context import Session
from onewindow.records.standards import Standard


def test_a_standard_is_read_with_its_review_its_place_and_its_checks(session: Session) -> None:
    wanted = Standard(
        title="приём",
        text="встаём\nздороваемся",
        location="касса",
        owner_id=session.me.id,
        review_on="2026-12-01",
    )
    standard = changing.insert(session, wanted)
    begin = ["приём", f"state: {standard.cycle}, owner: Иванова Мария", "review by 01.12", "касса"]
    assert standards.standard_lines(session, standard) == [*begin, "", "встаём", "здороваемся", ""]
    _, after = standards.check(session, standard, "passed", "стоит", review_on="2027-01-15")
    assert standards.standard_lines(session, after) == [
        "приём",
        f"state: {after.cycle}, owner: Иванова Мария",
        "review by 15.01.27",
        *("касса", "", "встаём", "здороваемся", ""),
        f"23.11  {standard.cycle} passed  Иванова Мария: стоит",
    ]
    bare = changing.insert(session, Standard(title="уход", text="прощаемся", review_on=None, owner_id=None))
    assert "owner: nobody" in standards.standard_lines(session, bare)[1]
