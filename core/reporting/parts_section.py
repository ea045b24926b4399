"""Single parts in a report: pictures of what went wrong, failures, and what humans said."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence

from core.inspection import Verdict
from core.phrase import say
from core.report import ClassReport, PartLine, PartPictures
from core.reporting.markup import Markup, element, joined, table
from core.reporting.numbers import score

Speak = Callable[[str], str]
_MARKS = {Verdict.OK: "●", Verdict.NG: "◆", Verdict.REVIEW: "▲"}
_WORDS = {Verdict.OK: say("OK"), Verdict.NG: say("NG"), Verdict.REVIEW: say("Review")}


def chip(verdict: Verdict | None, speak: Speak) -> Markup:
    """A verdict by shape, word and colour."""
    if verdict is None:
        return element("span", f"○ {speak(say('Not inspected'))}", class_="chip none")
    return element("span", f"{_MARKS[verdict]} {speak(_WORDS[verdict])}", class_=f"chip {verdict.value}")


def pictures(title: str, nothing: str, shown: Sequence[PartPictures], total: int, speak: Speak) -> Markup:
    """A row of parts, each as it was seen and with the heat over it."""
    head = element("h3", f"{speak(title)} · {total}")
    if not total:
        return joined(head, element("p", speak(nothing), class_="quiet"))
    figures = [_figure(entry, speak) for entry in shown]
    left = total - len(shown)
    more = (
        element("p", speak(say("{count} more are not shown.", count=left)), class_="quiet") if left else None
    )
    kind = "pictures trio" if any(entry.cloud for entry in shown) else "pictures"
    return joined(head, element("div", *figures, class_=kind), more)


def failures(entry: ClassReport, speak: Speak) -> Markup:
    """The parts that could not be judged, with the reason."""
    failed = [part for part in entry.parts if part.failure]
    if not failed:
        return Markup()
    head = (speak(say("Sample")), speak(say("Reason")))
    rows: list[tuple[object, ...]] = [(part.name, speak(part.failure)) for part in failed]
    title = element("h3", f"{speak(say('Could not be judged'))} · {len(failed)}")
    return joined(title, table(head, rows, numbers_from=9))


def overrides(entry: ClassReport, speak: Speak) -> Markup:
    """What humans said, beside what the machine had said."""
    reviewed = [part for part in entry.parts if part.review is not None]
    title = element("h3", speak(say("Reviewed by humans")))
    if not reviewed:
        return joined(
            title, element("p", speak(say("Nobody has reviewed a part of this class.")), class_="quiet")
        )
    head = tuple(speak(say(word)) for word in ("Sample", "Machine", "Human", "Defect type", "Reason", "By"))
    return joined(title, table(head, [_override(part, speak) for part in reviewed], numbers_from=9))


def _override(part: PartLine, speak: Speak) -> tuple[object, ...]:
    review = part.review
    assert review is not None
    reason = ", ".join(text for text in (review.reason, review.note) if text)
    human = chip(review.verdict, speak) if review.verdict else "–"
    return (
        part.name,
        chip(part.verdict, speak),
        human,
        review.defect_type or "–",
        reason or "–",
        review.who or "–",
    )


def _figure(entry: PartPictures, speak: Speak) -> Markup:
    part = entry.part
    photo = element("img", src=_inline(entry.photo), alt=speak(say("{name} as seen", name=part.name)))
    heat = element("img", src=_inline(entry.heat), alt=speak(say("{name} with heat", name=part.name)))
    cloud = (
        element("img", src=_inline(entry.cloud), alt=speak(say("{name} in 3D", name=part.name)))
        if entry.cloud
        else None
    )
    caption = element(
        "figcaption",
        chip(part.final, speak),
        f" {score(part.score)}",
        element("small", " · ".join(_told(part, speak))),
    )
    return element("figure", element("div", photo, heat, cloud), caption)


def _told(part: PartLine, speak: Speak) -> list[str]:
    """Its type and name, and its sensor where there was only one."""
    alone = [speak(part.seen_by)] if len(part.sensors) == 1 else []
    return [part.label, part.name.rpartition("/")[2], *alone]


def _inline(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"
