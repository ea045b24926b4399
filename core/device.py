"""The one place where the computing device and the number of threads are chosen."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from core.errors import WrongUse
from core.gentle_import import import_torch
from core.phrase import say


@dataclass(frozen=True)
class Compute:
    """Where networks run ("cpu", "cuda", "cuda:1") and on how many threads.

    Window and headless share one choice, so that both give the same numbers.
    """

    device: str = "cpu"
    threads: int = 1


def default_threads() -> int:
    """One core is left to the window: a pool that fights for cores is slower than a smaller one."""
    return max(1, (os.cpu_count() or 1) - 1)


def choose_compute(device: str = "auto", threads: int = 0) -> Compute:
    """Settle the wishes of settings or command line (0 threads: the default); imports torch.

    Raise WrongUse for a device that this machine does not have.
    """
    import_torch()
    import torch

    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    known = re.fullmatch(r"cpu|cuda(?::(\d+))?", device)
    if known is None:
        raise WrongUse(
            say('There is no device "{device}".', device=device),
            remedy=say("Choose auto, cpu, cuda or cuda:N."),
        )
    if device != "cpu" and int(known[1] or 0) >= torch.cuda.device_count():
        raise WrongUse(
            say('There is no usable GPU for device "{device}".', device=device),
            remedy=say("Choose device cpu, or install a CUDA driver."),
        )
    return Compute(device, threads or default_threads())


def apply_threads(compute: Compute) -> None:
    """Set the thread count for torch and for the numeric libraries below numpy; call it inside the worker."""
    import_torch()
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(compute.threads)
    threadpool_limits(limits=compute.threads)
