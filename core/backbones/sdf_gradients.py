"""The two costly steps of the shape expert's training with gradients written out: the same values, less work.

Both use that cutting at zero has no second derivative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from core.backbones.products import product, product_above_zero

_above = torch.ops.aten.threshold_backward
"""Of rows (N, K) those numbers whose twins in the second rows are above a bound, zero elsewhere."""


def distances_and_slopes(
    queries: Tensor,
    steered: Tensor,
    of_query: tuple[Tensor, Tensor],
    query_half: Tensor,
    deep: Sequence[tuple[Tensor, Tensor]],
    last: tuple[Tensor, Tensor],
) -> tuple[Tensor, Tensor]:
    """Signed distances (N,) and their slopes (N, 3) at queries (N, 3), with gradients to all but the queries.

    `steered` (B, W) is what each patch's code adds to the first joint layer, its bias too; the queries of a
    patch follow each other.
    """
    flat = [tensor for layer in deep for tensor in layer]
    found: tuple[Tensor, Tensor] = _DistancesAndSlopes.apply(
        queries, steered, *of_query, query_half, *last, *flat
    )
    return found


class _DistancesAndSlopes(torch.autograd.Function):
    """Forwards through the layers, backwards for the slopes; the gradient needs one pass more each way.

    With distances weighted by `a` and slopes by `v`, the gradient of a layer is the product of what came
    backwards with a * (its input) + (its input moved along v): four products a layer, where differentiating
    twice takes six.
    """

    @staticmethod
    def forward(ctx: Any, queries: Tensor, steered: Tensor, *rest: Tensor) -> tuple[Tensor, Tensor]:
        first, first_bias, half, last, last_bias, *deep = rest
        weights, biases = [half, *deep[0::2]], deep[1::2]
        rows = [F.relu_(F.linear(queries, first, first_bias))]
        joined = product(rows[0], half).view(len(steered), -1, half.shape[0]) + steered[:, None]
        rows.append(F.relu_(joined).flatten(0, 1))
        for weight, bias in zip(weights[1:], biases, strict=True):
            rows.append(product_above_zero(rows[-1], weight, bias))
        distances = rows[-1] @ last[0] + last_bias
        backwards = [(rows[-1] > 0) * last]
        for weight, row in zip(weights[::-1], rows[-2::-1], strict=True):
            backwards.append(_above(product(backwards[-1], weight.t()), row, 0))
        backwards.reverse()
        ctx.save_for_backward(queries, steered, first, *weights, *rows, *backwards)
        return distances, backwards[0] @ first

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        of_distance, of_slope = grads
        queries, steered, first, *rest = ctx.saved_tensors
        count = (len(rest) - 2) // 3
        weights, rows, backwards = rest[:count], rest[count : 2 * count + 1], rest[2 * count + 1 :]
        share = of_distance[:, None]
        moved = _above(F.linear(of_slope, first), rows[0], 0)
        of_weights, of_biases = [], []
        for number, weight in enumerate(weights):
            joint = torch.addcmul(moved, share, rows[number])
            of_weights.append(product(backwards[number + 1].t(), joint.t()))
            of_biases.append(backwards[number + 1].t() @ of_distance)
            moved = _above(product(moved, weight), rows[number + 1], 0)
        of_last = torch.addcmul(moved, share, rows[-1]).sum(dim=0)[None]
        of_steered = (share * backwards[1]).view(len(steered), -1, steered.shape[1]).sum(dim=1)
        of_first = backwards[0].t() @ torch.addcmul(of_slope, share, queries)
        deep = [found for pair in zip(of_weights[1:], of_biases[1:], strict=True) for found in pair]
        return (
            None, of_steered, of_first, backwards[0].t() @ of_distance, of_weights[0],
            of_last, of_distance.sum()[None], *deep,
        )  # fmt: skip


def widest(rows: Tensor, weight: Tensor, bias: Tensor, norm: torch.nn.BatchNorm1d) -> Tensor:
    """The largest (B, W) of each patch's rows (B, P, K) after a layer and the norm of the batch behind it.

    Mean and deviation of the layer follow from those of its narrow input, and only the largest rows carry a
    gradient of their own: the wide rows are looked at once, and never kept.
    """
    assert norm.running_mean is not None
    assert norm.running_var is not None
    assert norm.num_batches_tracked is not None
    assert norm.momentum is not None
    found, mean, variance = _Widest.apply(rows, weight, bias, norm.weight, norm.bias, norm.eps)
    seen = rows.shape[0] * rows.shape[1]
    with torch.no_grad():
        norm.num_batches_tracked += 1
        norm.running_mean.lerp_(mean, norm.momentum)
        norm.running_var.lerp_(variance * (seen / (seen - 1)), norm.momentum)
    largest: Tensor = found
    return largest


class _Widest(torch.autograd.Function):
    """A layer's bias moves its mean as much as its rows: behind the norm nothing is left of it."""

    @staticmethod
    def forward(
        ctx: Any, rows: Tensor, weight: Tensor, bias: Tensor, gain: Tensor, shift: Tensor, tiny: float
    ) -> tuple[Tensor, Tensor, Tensor]:
        flat = rows.flatten(0, 1)
        centre = flat.mean(dim=0)
        centred = flat - centre
        spread = product(centred.t(), centred.t()) / len(flat)
        seen = weight @ spread
        variance, mean = (seen * weight).sum(dim=1), weight @ centre + bias
        sign = torch.where(gain < 0, -1, 1).to(weight)
        turned = weight * sign[:, None]
        index = torch.stack([_where_largest(product(patch, turned)) for patch in rows])  # (B, W)
        top = _picked(rows, index, weight)
        scale = (variance + tiny).rsqrt()
        normed = (top + bias - mean) * scale
        ctx.save_for_backward(rows, weight, gain, centre, seen, scale, normed, index)
        ctx.mark_non_differentiable(mean, variance)
        return normed * gain + shift, mean, variance

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        rows, weight, gain, centre, seen, scale, normed, index = ctx.saved_tensors
        grad, total = grads[0], rows.shape[0] * rows.shape[1]
        of_gain = (grad * normed).sum(dim=0)
        of_top = grad * (gain * scale)
        of_mean, of_variance = -of_top.sum(dim=0), -0.5 * gain * of_gain * scale.square()
        of_weight = torch.outer(of_mean, centre) + 2 * of_variance[:, None] * seen
        of_spread = weight.t() @ (of_variance[:, None] * weight)
        flat = rows.flatten(0, 1)
        of_rows = product(flat - centre, of_spread).mul_(2).add_(of_mean @ weight).div_(total).view_as(rows)
        for patch, own, place, share in zip(rows, of_rows, index, of_top, strict=True):
            live = torch.nonzero(share)[:, 0]
            parts = share[live, None]
            of_weight.index_add_(0, live, parts * patch[place[live]])
            own.index_add_(0, place[live], parts * weight[live])
        return of_rows, of_weight, torch.zeros_like(gain), of_gain, grad.sum(dim=0), None


def _where_largest(rows: Tensor) -> Tensor:
    """The row (W,) of the largest number of each column of (P, W); of equal ones any.

    Twice as quick as `argmax`, which does not go along the rows.
    """
    row, column = torch.nonzero(rows == rows.amax(dim=0), as_tuple=True)
    found = torch.zeros(rows.shape[1], dtype=torch.long, device=rows.device)
    found[column] = row
    return found


def _picked(rows: Tensor, index: Tensor, weight: Tensor) -> Tensor:
    """The layer's numbers (B, W) at those rows."""
    return torch.stack([(patch[place] * weight).sum(dim=1) for patch, place in zip(rows, index, strict=True)])
