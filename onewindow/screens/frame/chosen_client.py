"""What screens over the window answer when a row of a client is chosen on them."""

from __future__ import annotations

from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.structs import frozen_struct


@frozen_struct
class Chosen:
    """The client that was asked for, and the record in the panels on which the cursor goes."""

    client_id: int
    key: RecordKey
