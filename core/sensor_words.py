"""By which sensors a part was judged, in words."""

from __future__ import annotations

from core.phrase import Phrase, say
from core.sample import Sensor

NO_SENSORS: frozenset[Sensor] = frozenset()


def say_sensors(used: frozenset[Sensor], imagined: frozenset[Sensor] = NO_SENSORS) -> Phrase:
    """ "RGB + 3D", "3D only", or "RGB only, 3D imagined"; "" where no sensor was used."""
    if not used:
        return Phrase("", {})
    if len(used) == 2:
        return say("RGB + 3D")
    if "rgb" in used:
        return say("RGB only, 3D imagined") if imagined else say("RGB only")
    return say("3D only, RGB imagined") if imagined else say("3D only")
