"""What happened, and why not, as values that print as they are told. Rules R53, R54 and R59."""

from __future__ import annotations

import pytest

from account_facts import cad
from arledger import Event, EventKind, Refusal, RefusalKind
from portal_facts import TODAY


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Event(EventKind.NOTHING_DUE, TODAY, "S-1"), "2026-03-09 S-1 nothing due"),
        (Event(EventKind.CONFIRMED, TODAY, "T-1", amount=cad("5")), "2026-03-09 T-1 confirmed 5.00 CAD"),
        (Event(EventKind.FAILED, TODAY, "T-1", "returned", cad("5")), "2026-03-09 T-1 failed 5.00 CAD: returned"),
        (Event(EventKind.AUTOPAY_FAILED, TODAY, "S-1", "no method"), "2026-03-09 S-1 autopay failed: no method"),
    ],
)
def test_r53_an_event_says_what_happened_to_what_and_when(event: Event, text: str) -> None:
    assert str(event) == text
    assert repr(event.kind) == f"EventKind.{event.kind.name}"


def test_r54_a_refusal_is_a_value_that_prints_as_its_reason() -> None:
    assert str(Refusal(RefusalKind.LATE, "too late")) == "too late"
    assert str(Refusal(RefusalKind.LATE, "too late", about="K-1")) == "K-1: too late"
    assert Refusal(RefusalKind.LATE, "too late") == Refusal(RefusalKind.LATE, "too late")
    assert Refusal(RefusalKind.LATE, "too late") != Refusal(RefusalKind.CHANGED, "too late")
