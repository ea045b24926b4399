"""The library of published weights on this machine: which files are known, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import WeightsMissing, WrongUse
from core.paths import home
from core.phrase import say

POINT_KEYS: dict[str, Literal["point_mae", "point_bert"]] = {
    "Point_MAE": "point_mae",
    "Point_Bert": "point_bert",
}
"""Flag values of the published programs and their weights in the library."""
_SUFFIXES = (".pth", ".pt", ".safetensors", ".npz")


@dataclass(frozen=True)
class WeightFile:
    """One row of the table: `names` are the published file names, `origin` says in words where it comes from.

    `opener` ("module:function") is called with path and key and raises WeightsMissing where the file does not
    fit its network.
    """

    key: str
    title: str
    methods: tuple[str, ...]
    names: tuple[str, ...]
    architecture: str
    origin: str
    address: str = ""
    opener: str = ""

    @property
    def accepted_names(self) -> tuple[str, ...]:
        """The published names, then the key itself as a name."""
        return (*self.names, *(f"{self.key}{suffix}" for suffix in _SUFFIXES))


WEIGHTS: tuple[WeightFile, ...] = (
    WeightFile(
        "wide_resnet50_2_racm",
        "Colour network (wide ResNet-50-2, timm)",
        methods=("btf", "shape_guided"),
        names=("wide_resnet50_racm-8234f177.pth",),
        architecture="wide_resnet50_2",
        origin="timm, model wide_resnet50_2.racm_in1k",
        address="https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/"
        "wide_resnet50_racm-8234f177.pth",
        opener="core.backbones.published:wide_resnet_of",
    ),
    WeightFile(
        "wide_resnet50_2_tv",
        "Colour network (wide ResNet-50-2, torchvision)",
        methods=("btf", "reverse_distillation"),
        names=("wide_resnet50_2-95faca4d.pth",),
        architecture="wide_resnet50_2",
        origin="torchvision, model wide_resnet50_2, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/wide_resnet50_2-95faca4d.pth",
        opener="core.backbones.published:wide_resnet_of",
    ),
    WeightFile(
        "resnet18_tv",
        "Colour network (ResNet-18, torchvision)",
        methods=("reverse_distillation",),
        names=("resnet18-f37072fd.pth",),
        architecture="resnet18",
        origin="torchvision, model resnet18, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/resnet18-f37072fd.pth",
        opener="core.backbones.published:teacher_of",
    ),
    WeightFile(
        "resnet34_tv",
        "Colour network (ResNet-34, torchvision)",
        methods=("reverse_distillation",),
        names=("resnet34-b627a593.pth",),
        architecture="resnet34",
        origin="torchvision, model resnet34, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/resnet34-b627a593.pth",
        opener="core.backbones.published:teacher_of",
    ),
    WeightFile(
        "resnet50_tv",
        "Colour network (ResNet-50, torchvision)",
        methods=("reverse_distillation",),
        names=("resnet50-0676ba61.pth",),
        architecture="resnet50",
        origin="torchvision, model resnet50, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/resnet50-0676ba61.pth",
        opener="core.backbones.published:teacher_of",
    ),
    WeightFile(
        "wide_resnet101_2_tv",
        "Colour network (wide ResNet-101-2, torchvision)",
        methods=("reverse_distillation",),
        names=("wide_resnet101_2-32ee1156.pth",),
        architecture="wide_resnet101_2",
        origin="torchvision, model wide_resnet101_2, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/wide_resnet101_2-32ee1156.pth",
        opener="core.backbones.published:teacher_of",
    ),
    WeightFile(
        "wide_resnet50_2_paddle",
        "Colour network (wide ResNet-50-2, Paddle)",
        methods=("reverse_distillation",),
        names=("wide_resnet50_2.pdparams",),
        architecture="wide_resnet50_2",
        origin="Paddle, vision model wide_resnet50_2",
        address="https://paddle-hapi.bj.bcebos.com/models/wide_resnet50_2.pdparams",
        opener="core.backbones.published:teacher_of",
    ),
    WeightFile(
        "vit_base_patch8_224_dino",
        "Colour transformer ViT-B/8, DINO",
        methods=("m3dm", "mtfi"),
        names=("dino_vitbase8_pretrain.pth",),
        architecture="vit_base_patch8_224",
        origin="DINO, ViT-B/8 backbone only; or timm, model vit_base_patch8_224.dino",
        address="https://dl.fbaipublicfiles.com/dino/dino_vitbase8_pretrain/dino_vitbase8_pretrain.pth",
        opener="core.backbones.published:image_network_of",
    ),
    WeightFile(
        "vit_small_patch8_224_dino",
        "Colour transformer ViT-S/8, DINO",
        methods=("m3dm", "mtfi"),
        names=("dino_deitsmall8_pretrain.pth",),
        architecture="vit_small_patch8_224",
        origin="DINO, ViT-S/8 backbone only; or timm, model vit_small_patch8_224.dino",
        address="https://dl.fbaipublicfiles.com/dino/dino_deitsmall8_pretrain/dino_deitsmall8_pretrain.pth",
        opener="core.backbones.published:image_network_of",
    ),
    WeightFile(
        "vit_base_patch8_224",
        "Colour transformer ViT-B/8, supervised (ImageNet-1K)",
        methods=("m3dm", "mtfi"),
        names=(
            "B_8-i21k-300ep-lr_0.001-aug_medium1-wd_0.1-do_0.0-sd_0.0--"
            "imagenet2012-steps_20k-lr_0.01-res_224.npz",
        ),
        architecture="vit_base_patch8_224",
        origin="timm, model vit_base_patch8_224.augreg_in21k_ft_in1k",
        address="https://storage.googleapis.com/vit_models/augreg/B_8-i21k-300ep-lr_0.001-aug_medium1-"
        "wd_0.1-do_0.0-sd_0.0--imagenet2012-steps_20k-lr_0.01-res_224.npz",
        opener="core.backbones.published:image_network_of",
    ),
    WeightFile(
        "vit_base_patch8_224_in21k",
        "Colour transformer ViT-B/8, supervised (ImageNet-21K)",
        methods=("m3dm", "mtfi"),
        names=("B_8-i21k-300ep-lr_0.001-aug_medium1-wd_0.1-do_0.0-sd_0.0.npz",),
        architecture="vit_base_patch8_224",
        origin="timm, model vit_base_patch8_224.augreg_in21k",
        address="https://storage.googleapis.com/vit_models/augreg/B_8-i21k-300ep-lr_0.001-aug_medium1-"
        "wd_0.1-do_0.0-sd_0.0.npz",
        opener="core.backbones.published:image_network_of",
    ),
    WeightFile(
        "vit_base_patch14_dinov2.lvd142m",
        "Colour transformer ViT-B/14, DINOv2",
        methods=("mtfi",),
        names=("dinov2_vitb14_pretrain.pth",),
        architecture="vit_base_patch14_dinov2",
        origin="DINOv2, ViT-B/14 backbone; or timm, model vit_base_patch14_dinov2.lvd142m",
        address="https://dl.fbaipublicfiles.com/dinov2/dinov2_vitb14/dinov2_vitb14_pretrain.pth",
        opener="core.backbones.published:image_network_of",
    ),
    WeightFile(
        "point_mae",
        "Point transformer (Point-MAE)",
        methods=("m3dm", "mtfi"),
        names=("pointmae_pretrain.pth", "pretrain.pth"),
        architecture="point_mae",
        origin="Point-MAE, pretrained model (pretrain.pth of its first release)",
        address="https://github.com/Pang-Yatian/Point-MAE/releases/download/main/pretrain.pth",
        opener="core.backbones.published:point_network_of",
    ),
    WeightFile(
        "point_bert",
        "Point transformer (Point-BERT)",
        methods=("m3dm", "mtfi"),
        names=("Point-BERT.pth",),
        architecture="point_bert",
        origin="Point-BERT, pretrained model",
        opener="core.backbones.published:point_network_of",
    ),
    WeightFile(
        "uff",
        "Fusion layer of M3DM",
        methods=("m3dm",),
        names=("checkpoint-0.pth", "uff_pretrain.pth"),
        architecture="fusion_block",
        origin="M3DM, UFF checkpoint; or train it here",
        opener="core.backbones.published:fusion_network_of",
    ),
    WeightFile(
        "sdf_expert",
        "Shape expert of Shape-Guided",
        methods=("shape_guided",),
        names=("ckpt_000601.pth",),
        architecture="sdf_network",
        origin="Shape-Guided, checkpoint/best_ckpt; or train it here: inspector pretrain sdf",
        opener="core.backbones.published:sdf_network_of",
    ),
    WeightFile(
        "mtfi_ftof_xyz",
        "MTFI, feature to feature, main sensor cloud",
        methods=("mtfi",),
        names=("MTFI_FtoF_PCs.pth",),
        architecture="ftof",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain ftof",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftof_rgb",
        "MTFI, feature to feature, main sensor colour",
        methods=("mtfi",),
        names=("MTFI_FtoF_RGB.pth",),
        architecture="ftof",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain ftof",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftoi_xyz",
        "MTFI, feature to input, main sensor cloud",
        methods=("mtfi",),
        names=("MTFI_FtoI_PCs.pth",),
        architecture="ftoi",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain ftoi_xyz",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftoi_rgb",
        "MTFI, feature to input, main sensor colour",
        methods=("mtfi",),
        names=("MTFI_FtoI_RGB.pth",),
        architecture="ftoi",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain ftoi_rgb",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_itof_xyz",
        "MTFI, input to feature, main sensor cloud",
        methods=("mtfi",),
        names=("MTFI_ItoF_PCs.pth",),
        architecture="itof",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain itof_xyz",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_itof_rgb",
        "MTFI, input to feature, main sensor colour",
        methods=("mtfi",),
        names=("MTFI_ItoF_RGB.pth",),
        architecture="itof",
        origin="CMDIAD, archive DOI 10.5281/zenodo.18456013; or train it here: inspector pretrain itof_rgb",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftof_hand_made",
        "MTFI, feature to feature, hand-made features",
        methods=("mtfi",),
        names=("mtfi_ftof_hand_made.pth",),
        architecture="ftof",
        origin="not published; train it here: inspector pretrain ftof_hand_made",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftoi_xyz_hand_made",
        "MTFI, feature to input, main sensor cloud, hand-made features",
        methods=("mtfi",),
        names=("mtfi_ftoi_xyz_hand_made.pth",),
        architecture="ftoi",
        origin="not published; train it here: inspector pretrain ftoi_xyz_hand_made",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_ftoi_rgb_hand_made",
        "MTFI, feature to input, main sensor colour, hand-made features",
        methods=("mtfi",),
        names=("mtfi_ftoi_rgb_hand_made.pth",),
        architecture="ftoi",
        origin="not published; train it here: inspector pretrain ftoi_rgb_hand_made",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_itof_xyz_hand_made",
        "MTFI, input to feature, main sensor cloud, hand-made features",
        methods=("mtfi",),
        names=("mtfi_itof_xyz_hand_made.pth",),
        architecture="itof",
        origin="not published; train it here: inspector pretrain itof_xyz_hand_made",
        opener="core.backbones.distilled:distilled_of",
    ),
    WeightFile(
        "mtfi_itof_rgb_hand_made",
        "MTFI, input to feature, main sensor colour, hand-made features",
        methods=("mtfi",),
        names=("mtfi_itof_rgb_hand_made.pth",),
        architecture="itof",
        origin="not published; train it here: inspector pretrain itof_rgb_hand_made",
        opener="core.backbones.distilled:distilled_of",
    ),
)


def weights_folder() -> Path:
    """Where weights are looked for."""
    return home() / "weights"


def weight_file(key: str) -> WeightFile:
    """The row of that key; raise WrongUse for an unknown one."""
    for row in WEIGHTS:
        if row.key == key:
            return row
    raise WrongUse(
        say('There are no weights called "{key}".', key=key),
        remedy=say("Choose one of: {known}.", known=", ".join(row.key for row in WEIGHTS)),
    )


def find(key: str) -> Path:
    """The file of that key; raise WeightsMissing with its name, its origin and the place to put it."""
    row = weight_file(key)
    path = present(row)
    if path is None:
        raise WeightsMissing(
            say("The weights of {title} are not on this machine.", title=row.title),
            remedy=say(
                "Put {name} (from {origin}) into {folder}.",
                name=row.names[0],
                origin=row.origin,
                folder=weights_folder(),
            ),
        )
    return path


def require(keys: Sequence[str]) -> None:
    """Raise WeightsMissing that names every one of `keys` that is not there."""
    missing = [row for row in map(weight_file, keys) if present(row) is None]
    if len(missing) == 1:
        find(missing[0].key)
    if missing:
        raise WeightsMissing(
            say("Weights are missing: {titles}.", titles=", ".join(row.title for row in missing)),
            remedy=say(
                "Put {files} into {folder}.",
                files=", ".join(f"{row.names[0]} ({row.origin})" for row in missing),
                folder=weights_folder(),
            ),
        )


def present(row: WeightFile) -> Path | None:
    """The file of that row in the library, if there is one."""
    places = (weights_folder() / name for name in row.accepted_names)
    return next((place for place in places if place.is_file()), None)
