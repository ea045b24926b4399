"""Builds HTML and SVG whose texts are always escaped."""

from __future__ import annotations

from html import escape


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


_EMPTY = frozenset({"img", "meta", "line", "rect", "path", "circle", "br"})


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element; `class_` means class, an underscore a dash, None no attribute; plain texts are escaped."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY and not children:
        return Markup(f"<{name}{told}/>")
    return Markup(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: object) -> Markup:
    """Texts and markup one after the other; None is nothing."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(str(child))
            for child in children
            if child is not None
        )
    )


def table(head: tuple[object, ...], rows: list[tuple[object, ...]], *, numbers_from: int = 1) -> Markup:
    """A table with a head; columns from `numbers_from` on are right-aligned, the first names the row."""
    titles = [
        element("th", title, scope="col", class_="n" if column >= numbers_from else None)
        for column, title in enumerate(head)
    ]
    body = [
        element(
            "tr",
            *(
                element("th", cell, scope="row")
                if column == 0
                else element("td", cell, class_="n" if column >= numbers_from else None)
                for column, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    return element("table", element("thead", element("tr", *titles)), element("tbody", *body))


def facts(rows: list[tuple[object, object]]) -> Markup:
    """A list of names and values."""
    return element("dl", *(joined(element("dt", name), element("dd", value)) for name, value in rows))
