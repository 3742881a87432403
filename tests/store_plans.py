"""How SQLite would run every query that some work asks, by tracing it and asking for the plans."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.store.engine import Store

SMALL_TABLES = (
    *("staff", "product", "calendar", "policy", "segment", "survey", "playbook", "release"),
    *("template", "script", "touch_cadence", "occasion", "holiday", "standard"),
    *("announcement", "training_session", "health_weights"),
)
"""A department has few rows of these and reads them whole; a plan over these alone may scan and sort."""


def queries_of(store: Store, work: Callable[[Store], object]) -> list[str]:
    """Every SELECT that some work runs, with its values filled in; what extensions ask inside is left out."""
    found: list[str] = []
    store.connection.set_trace_callback(found.append)
    try:
        work(store)
    finally:
        store.connection.set_trace_callback(None)
    return [sql for sql in found if sql.lstrip().upper().startswith(("SELECT", "WITH"))]


def plan(store: Store, sql: str) -> list[str]:
    """The steps of a query's plan."""
    return [str(row[3]) for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]


def slow_steps(store: Store, sql: str) -> list[str]:
    """The steps of a query's plan that grow with the file: a table read whole, or a sort of what was read."""
    steps = plan(store, sql)
    read = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    if read and all(step.split()[1] in SMALL_TABLES for step in read):
        return []
    return [
        step
        for step in steps
        if "TEMP B-TREE" in step
        or (step.startswith("SCAN") and "VIRTUAL TABLE" not in step and "CONSTANT ROW" not in step)
    ]
