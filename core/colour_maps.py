"""Colour maps as tables of 256 colours, without Qt: the report and the views paint the same heat."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

COLOUR_MAPS = ("inferno", "viridis", "cividis", "magma", "grey", "difference", "turbo")
"""In the order in which they are offered; all but the last are safe for colour blindness."""

SAFE_COLOUR_MAPS = COLOUR_MAPS[:-1]

_ANCHORS = {
    "inferno": (
        "000004 02020c 050417 0a0722 10092d 160b39 1e0c45 260c51 2f0a5b 380962 400a67 490b6a 510e6c "
        "59106e 61136e 69166e 71196e 781c6d 801f6c 88226a 902568 982766 a02a63 a82e5f b0315b b73557 "
        "bf3952 c63d4d cc4248 d34743 d94d3d df5337 e45a31 e9612b ed6925 f1711f f47918 f78212 f98b0b "
        "fa9407 fb9d07 fca60c fcb014 fbba1f fac42a f8cd37 f6d746 f4e156 f2ea69 f2f27d f5f992 fcffa4"
    ),
    "viridis": (
        "440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a "
        "3a538b 38598c 355e8d 33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d "
        "20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864 "
        "65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725"
    ),
    "cividis": (
        "00204d 002455 00275e 002b67 002e6f 00316f 00356e 12386d 1f3c6d 28406c 30436c 36476b 3d4a6b "
        "424e6b 48526b 4d556c 52596c 575c6d 5b606e 60646f 646770 696b71 6d6e72 727274 767676 7a7a78 "
        "7f7d78 848179 888579 8d8979 928d78 979178 9c9577 a19976 a69d75 aca174 b1a573 b6a971 bbae6f "
        "c1b26d c6b66b ccbb69 d1bf66 d7c463 dcc860 e2cd5c e8d259 edd654 f3db4f f9e04a ffe544 ffea46"
    ),
    "magma": (
        "000004 02020b 050416 090720 0e0b2b 140e36 1a1042 21114e 29115a 311165 390f6e 420f75 4a1079 "
        "52137c 5a167e 621980 6a1c81 721f81 792282 812581 892881 912b81 992d80 a1307e aa337d b2357b "
        "ba3878 c23b75 ca3e72 d2426f d9466b e04c67 e75263 ec5860 f1605d f4695c f7725c f97b5d fb8560 "
        "fc8e64 fd9869 fea16e feaa74 feb47b febd82 fec68a fecf92 fed89a fde2a3 fdebac fcf4b6 fcfdbf"
    ),
    "turbo": (
        "30123b 36215f 3b2f80 3f3e9c 424bb5 4559cb 4666dd 4773eb 4680f6 458cfd 4099ff 38a5fb 2fb2f4 "
        "27bee9 1fc9dd 1ad4d0 18ddc2 1ae4b6 22ebaa 2ff19b 3ff68a 52fa7a 65fd69 79fe59 8bff4b 9cfe40 "
        "a9fb39 b7f735 c3f134 d0ea34 dbe236 e5d938 eecf3a f5c53a faba39 fdae35 fea130 fe932a fc8423 "
        "f9751d f46617 ef5811 e84b0c e14109 d83706 ce2d04 c32503 b71d02 a91601 9b0f01 8b0902 7a0403"
    ),
    "grey": "000000 ffffff",
    "difference": "08306b 2171b5 6baed6 c6dbef ffffff fdd9b5 fd9a4e d95f0e 7f2704",
}
"""Colours at even distances from the low end to the high end; between them the tables are straight."""


@cache
def lut(name: str) -> NDArray[np.uint8]:
    """The (256, 3) table of a colour map; raise KeyError for a name that is not in COLOUR_MAPS."""
    anchors = np.array([list(bytes.fromhex(colour)) for colour in _ANCHORS[name].split()], float)
    places = np.linspace(0, 255, len(anchors))
    channels = [np.interp(np.arange(256), places, anchors[:, channel]) for channel in range(3)]
    table = np.stack(channels, axis=1).round().astype(np.uint8)
    table.flags.writeable = False
    return table


def levels(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.uint8]:
    """Quantise values to the 256 entries of a table over [low, high]; NaN becomes 0."""
    scaled = (np.nan_to_num(values, nan=low) - low) * (255.0 / max(high - low, 1e-12))
    quantised: NDArray[np.uint8] = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
    return quantised


def smooth_step(values: NDArray[np.floating], start: float, end: float) -> NDArray[np.float64]:
    """0 up to `start`, 1 from `end` on, and a soft slope between."""
    share = np.clip((values - start) / max(end - start, 1e-12), 0.0, 1.0)
    slope: NDArray[np.float64] = share * share * (3.0 - 2.0 * share)
    return slope
