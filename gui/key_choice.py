"""Which keys an action has, with those that the user chose instead of the usual ones."""

from __future__ import annotations

from gui.action_table import ACTIONS, ActionRow


def keys_of(row: ActionRow, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in force; `chosen` are "id=key" each, with an empty key for none."""
    for entry in chosen:
        action_id, _, key = entry.partition("=")
        if action_id == row.id:
            return (key,) if key else ()
    return row.keys


def conflict(action_id: str, key: str, chosen: tuple[str, ...]) -> ActionRow | None:
    """The other action that has the key already, None where it is free."""
    others = (row for row in ACTIONS if row.id != action_id)
    return next((row for row in others if key and key in keys_of(row, chosen)), None)
