"""The line in which the published programs tell the figures of a class."""

from __future__ import annotations


def class_line(name: str, pixel_auroc: float, image_auroc: float, aupro: float) -> str:
    """Of one class, or of the mean where `name` is empty; three digits, missing colons included."""
    of_class = f"Class {name}, " if name else ""
    return f"{of_class}Pixel Auroc:{pixel_auroc:.3f}, Sample Auroc{image_auroc:.3f}, Pixel Aupro{aupro:.3}"
