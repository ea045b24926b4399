"""The shape expert: an encoder of patches and a signed distance function that it steers.

Chu et al., "Shape-Guided Dual-Memory Learning for 3D Anomaly Detection", ICML 2023; the encoder is PointNet
(Qi et al., CVPR 2017), the training Neural-Pull (Ma et al., ICML 2021). Names of weights are those of the
published checkpoint.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.backbones.products import product, product_above_zero
from core.backbones.sdf_gradients import distances_and_slopes, widest

CODE_WIDTH = 128
WIDTH = 512
_DEEP = 7
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class PlainEncoder:
    """The encoder with its norms worked into its layers, for use without training."""

    of_points: Sequence[tuple[Tensor, Tensor]]
    of_patch: Sequence[tuple[Tensor, Tensor]]

    def __call__(self, patches: Tensor) -> Tensor:
        """Codes (B, 128) of patches (B, P, 3).

        Adding a number and cutting at zero keep the order, so that the widest layer's maximum is taken first.
        """
        weight, bias = self.of_points[-1]
        largest = []
        for rows in patches:  # one at a time stays in the caches: its widest layer takes two megabytes
            for each in self.of_points[:-1]:
                rows = product_above_zero(rows, *each)
            largest.append(product(rows, weight).amax(dim=0))
        code = F.relu_(torch.stack(largest) + bias)
        for weight, bias in self.of_patch:
            code = F.relu_(F.linear(code, weight, bias))
        return code


class PointEncoder(nn.Module):
    """Patches (B, P, 3) -> codes (B, 128), none of them negative."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(3, 64, 1)
        self.conv2 = nn.Conv1d(64, 128, 1)
        self.conv3 = nn.Conv1d(128, 1024, 1)
        self.fc1 = nn.Linear(1024, WIDTH)
        self.fc2 = nn.Linear(WIDTH, CODE_WIDTH)
        self.bn1 = nn.BatchNorm1d(64)
        self.bn2 = nn.BatchNorm1d(128)
        self.bn3 = nn.BatchNorm1d(1024)
        self.bn4 = nn.BatchNorm1d(WIDTH)
        self.bn5 = nn.BatchNorm1d(CODE_WIDTH)

    def forward(self, patches: Tensor) -> Tensor:
        """Points one by one, their maximum, then the whole patch."""
        rows = patches.transpose(1, 2)  # (B, 3, P)
        rows = F.relu(self.bn1(self.conv1(rows)))
        rows = F.relu(self.bn2(self.conv2(rows)))  # (B, 128, P)
        if self.training and torch.is_grad_enabled():
            weight, bias = self.conv3.weight[..., 0], self.conv3.bias
            assert bias is not None
            wide = F.relu(widest(rows.transpose(1, 2), weight, bias, self.bn3))
        else:
            wide = F.relu(self.bn3(self.conv3(rows))).amax(dim=2)
        code = F.relu(self.bn4(self.fc1(wide)))
        return F.relu(self.bn5(self.fc2(code)))

    def plain(self) -> PlainEncoder:
        """The same function by the running statistics."""
        points = ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3))
        patch = ((self.fc1, self.bn4), (self.fc2, self.bn5))
        return PlainEncoder([_folded(*pair) for pair in points], [_folded(*pair) for pair in patch])


def _folded(layer: nn.Conv1d | nn.Linear, norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Weight (out, in) and bias of a layer with the norm behind it, worked out in double precision."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    assert layer.bias is not None
    gain = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    bias = (layer.bias.double() - norm.running_mean.double()) * gain + norm.bias.double()
    return (layer.weight.double().flatten(1) * gain[:, None]).to(layer.weight), bias.to(layer.weight)


class NormedLinear(nn.Module):
    """A layer whose rows have direction `weight_v` and length `weight_g` (Salimans and Kingma, 2016)."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(width))
        self.weight_v = nn.Parameter(torch.randn(width, width) * math.sqrt(2 / width))
        self.weight_g = nn.Parameter(self.weight_v.detach().norm(dim=1, keepdim=True))

    @property
    def weight(self) -> Tensor:
        """The plain matrix."""
        lengths = torch.linalg.vector_norm(self.weight_v, dim=1, keepdim=True)
        plain: Tensor = self.weight_v * (self.weight_g / lengths)
        return plain

    def forward(self, rows: Tensor) -> Tensor:
        return F.linear(rows, self.weight, self.bias)


@dataclass(frozen=True, eq=False)
class DistanceField:
    """The distance function with its weights made plain, for use without training."""

    of_code: tuple[Tensor, Tensor]
    of_query: tuple[Tensor, Tensor]
    query_half: Tensor
    code_half: Tensor
    half_bias: Tensor
    deep: Sequence[tuple[Tensor, Tensor]]
    last: tuple[Tensor, Tensor]

    def __call__(self, codes: Tensor, queries: Tensor) -> Tensor:
        """Signed distances (B, Q) of queries (B, Q, 3) from the surfaces of codes (B, 128).

        What a code adds to the first joint layer is the same for all its queries, and taken once.
        """
        rows = F.linear(F.relu_(F.linear(queries, *self.of_query)), self.query_half)
        rows = F.relu_(rows + self.steered(codes)[:, None])
        for weight, bias in self.deep:
            rows = F.relu_(F.linear(rows, weight, bias))
        return F.linear(rows, *self.last)[..., 0]

    def steered(self, codes: Tensor) -> Tensor:
        """What codes (B, 128) add to the first joint layer (B, 512)."""
        return F.linear(F.relu_(F.linear(codes, *self.of_code)), self.code_half, self.half_bias)


class DistanceNetwork(nn.Module):
    """The trainable distance function; rows that enter `fc3` are [query, code]."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(CODE_WIDTH, WIDTH)
        self.fc2 = nn.Linear(3, WIDTH)
        self.fc3 = nn.Linear(2 * WIDTH, WIDTH)
        for number in range(_DEEP):
            setattr(self, f"fc4{number}", NormedLinear())
        self.fc5 = nn.Linear(WIDTH, 1)
        # Starts as a sphere: Atzmon and Lipman, "SAL", CVPR 2020.
        nn.init.normal_(self.fc3.weight, 0.0, math.sqrt(2 / WIDTH))
        nn.init.zeros_(self.fc3.bias)
        nn.init.normal_(self.fc5.weight, 2 * math.sqrt(math.pi / WIDTH), 1e-6)
        nn.init.constant_(self.fc5.bias, -0.5)

    def field(self) -> DistanceField:
        """The function as its weights stand; gradients flow to them unless they are switched off."""
        layers = [self.get_submodule(f"fc4{number}") for number in range(_DEEP)]
        query_half, code_half = self.fc3.weight.tensor_split(2, dim=1)
        return DistanceField(
            (self.fc1.weight, self.fc1.bias),
            (self.fc2.weight, self.fc2.bias),
            query_half.contiguous(),
            code_half.contiguous(),
            self.fc3.bias,
            [(layer.weight, layer.bias) for layer in layers if isinstance(layer, NormedLinear)],
            (self.fc5.weight, self.fc5.bias),
        )

    def forward(self, codes: Tensor, queries: Tensor) -> Tensor:
        """Signed distances (B, Q) of queries (B, Q, 3)."""
        return self.field()(codes, queries)

    def with_slopes(self, codes: Tensor, queries: Tensor) -> tuple[Tensor, Tensor]:
        """The same with their slopes (B, Q, 3); gradients flow to codes and weights, not to the queries."""
        field = self.field()
        distances, slopes = distances_and_slopes(
            queries.flatten(0, 1),
            field.steered(codes),
            field.of_query,
            field.query_half,
            field.deep,
            field.last,
        )
        return distances.view(queries.shape[:2]), slopes.view(queries.shape)


class SdfNetwork(nn.Module):
    """Encoder and distance function under the names of the published file."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = PointEncoder()
        self.NIF = DistanceNetwork()

    def pulled(self, codes: Tensor, queries: Tensor) -> Tensor:
        """Queries (B, Q, 3) moved along the gradient by their distance, on to the surface they belong to."""
        asked = queries if queries.requires_grad else queries.detach().requires_grad_()
        distances: Tensor = self.NIF(codes, asked)
        (slope,) = torch.autograd.grad(distances.sum(), asked, create_graph=True)
        return _moved(asked, distances, slope)

    def pull_loss(self, targets: Tensor, queries: Tensor, asked: Tensor | None = None) -> Tensor:
        """Mean distance of the pulled queries (B, Q, 3) from their nearest surface points `targets`.

        Reference: the encoder sees the targets, repeats and all, not the patch. `asked` (Q',) takes a few of
        the queries instead of all.
        """
        codes: Tensor = self.encoder(targets)
        if asked is not None:
            targets, queries = targets[:, asked], queries[:, asked]
        pulled = _moved(queries, *self.NIF.with_slopes(codes, queries))
        apart: Tensor = torch.linalg.vector_norm(pulled - targets, dim=2)
        return apart.mean()


def _moved(queries: Tensor, distances: Tensor, slope: Tensor) -> Tensor:
    length = (slope.square().sum(dim=2, keepdim=True) + _TINY).sqrt()
    return queries - distances[..., None] * slope / length
