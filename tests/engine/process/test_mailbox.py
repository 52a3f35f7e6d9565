"""Nobody waits for ever at a mailbox."""

from __future__ import annotations

import threading

from engine.process.mailbox import Mailbox


def test_items_come_out_in_order_and_nothing_is_waited_for_after_the_end() -> None:
    box: Mailbox[int] = Mailbox(3)
    assert box.put(1) and box.put(2)
    box.close()
    assert not box.put(3)
    assert not box.is_exhausted
    assert (box.take(), box.take(), box.take()) == (1, 2, None)
    assert box.is_exhausted


def test_taking_from_an_empty_box_ends_after_the_timeout() -> None:
    assert Mailbox[int](1).take(0.01) is None


def test_a_full_box_makes_room_before_it_takes_more() -> None:
    box: Mailbox[int] = Mailbox(1)
    box.put(1)
    put: list[bool] = []
    thread = threading.Thread(target=lambda: put.append(box.put(2)))
    thread.start()
    assert box.take(10) == 1
    assert box.take(10) == 2
    thread.join(10)
    assert put == [True]


def test_closing_frees_those_who_wait() -> None:
    box: Mailbox[int] = Mailbox(1)
    box.put(1)
    put: list[bool] = []
    thread = threading.Thread(target=lambda: put.append(box.put(2)))
    thread.start()
    box.close()
    thread.join(10)
    assert put == [False]
