"""What the parameters of the methods are called and mean, by the name of their field."""

from __future__ import annotations

from core.phrase import Phrase, say
from gui.dialogs.imagining_parameters import IMAGINING_ROWS
from gui.dialogs.parameter import Parameter
from gui.dialogs.shape_parameters import SHAPE_ROWS
from gui.dialogs.student_parameters import STUDENT_ROWS

HIDDEN = frozenset({"device", "img_size", "feature_layout", "train_method", "class_pattern"})
"""Chosen elsewhere, or without a choice."""


def parameter(name: str) -> Parameter:
    """The row of that field; a field that nobody has described is called as it is written."""
    return _ROWS.get(name) or Parameter(name)


_KEPT = say("More keeps finer differences and takes memory and time.")
_WEIGHT = say("How much this memory counts in the decision.")
_BLUR_WORDS = {"float": say("exact"), "8bit": say("in 256 steps, as published")}

_ROWS: dict[str, Parameter] = {
    "variant": Parameter(
        say("Features"),
        say("What is remembered of each place of a good part."),
        is_common=True,
        words={
            "rgb": say("colour network"),
            "depth": say("network on the depth picture"),
            "raw": say("raw depth"),
            "hog": say("depth gradients (HoG)"),
            "sift": say("depth descriptors (SIFT)"),
            "fpfh": say("shape of the points (FPFH)"),
            "rgb+fpfh": say("colour and shape, as published"),
        },
    ),
    "method_name": Parameter(
        say("Variant"),
        say("Which memories are kept and how they are brought together."),
        is_common=True,
        words={
            "DINO": say("colour alone"),
            "Point_MAE": say("3D alone"),
            "Fusion": say("fused patches alone"),
            "DINO+Point_MAE": say("colour and 3D"),
            "DINO+Point_MAE+add": say("colour and 3D, added"),
            "DINO+Point_MAE+Fusion": say("colour, 3D and fused, as published"),
            "WithHallucination": say("one sensor imagined, by features"),
            "WithHallucinationFromFeature": say("one sensor imagined, by its picture or cloud"),
        },
    ),
    "rgb_backbone_name": Parameter(
        say("Colour network"), say("The network that sees the pictures."), is_common=True
    ),
    "xyz_backbone_name": Parameter(
        say("Point network"),
        say("The network that sees the cloud."),
        is_common=True,
        words={
            "Point_MAE": say("Point transformer (Point-MAE)"),
            "Point_Bert": say("Point transformer (Point-BERT)"),
        },
    ),
    "colour_weights": Parameter(
        say("Colour network"), say("The network that sees the pictures."), is_common=True
    ),
    "f_coreset": Parameter(say("Share of patches kept"), _KEPT, low=0.0001, high=1.0, is_common=True),
    "keep_fraction": Parameter(say("Share of patches kept"), _KEPT, low=0.0001, high=1.0, is_common=True),
    "max_sample": Parameter(
        say("Most parts"),
        say("Parts beyond this number are not learned from."),
        low=1,
        high=100_000,
        is_common=True,
    ),
    "random_state": Parameter(
        say("Seed"), say("The same seed gives the same model."), low=0, high=2**31 - 1, is_common=True
    ),
    "seed": Parameter(
        say("Seed"), say("The same seed gives the same model."), low=0, high=2**31 - 1, is_common=True
    ),
    "cell_mm": Parameter(
        say("Cell"), say("Distance between the places that are looked at."), "mm", 0.1, 50, is_common=True
    ),
    "bank_rows": Parameter(say("Places remembered"), _KEPT, low=100, high=200_000, is_common=True),
    "most_pixels": Parameter(
        say("Longest side"),
        say("Larger pictures are looked at in fewer pixels."),
        "px",
        64,
        4000,
        is_common=True,
    ),
    "nominal_mm": Parameter(
        say("Size without scale"),
        say("Taken for the longer side where no cloud tells millimetres."),
        "mm",
        1,
        10_000,
    ),
    "fine_shape_mm": Parameter(say("Fine shape radii"), "", "mm"),
    "coarse_shape_mm": Parameter(say("Coarse shape radii"), "", "mm"),
    "colour_mm": Parameter(say("Colour radii"), "", "mm"),
    "line_mm": Parameter(say("Scratch width and length"), "", "mm"),
    "memory_bank": Parameter(
        say("Memories"),
        say("One memory or several; it must go with the variant."),
        words={"as_method": say("as the variant needs"), "single": say("one"), "multiple": say("several")},
    ),
    "use_uff": Parameter(say("Fusion layer"), say("It must go with the variant.")),
    "fusion_module_path": Parameter(say("Fusion layer file"), say("Empty: the one in the library.")),
    "group_size": Parameter(say("Points in a group"), "", "", 1, 4096),
    "num_group": Parameter(
        say("Groups of points"), say("More groups see finer shape and take longer."), "", 1, 16_384
    ),
    "coreset_eps": Parameter(
        say("Loss of the projection"),
        say("How far distances may be off while patches are chosen."),
        low=0.05,
        high=0.99,
    ),
    "asy_memory_bank": Parameter(
        say("Parts for the 3D memory"),
        say("Only so many parts feed the point and fused memories."),
        low=1,
        high=100_000,
    ),
    "rm_zero_for_project": Parameter(
        say("Choose without empty rows"), say("Rows that are all zero take no part in the choice.")
    ),
    "n_reweight": Parameter(
        say("Neighbours weighed"),
        say("Neighbours of the nearest patch that temper the score."),
        low=1,
        high=100,
    ),
    "xyz_s_lambda": Parameter(say("3D weight, score"), _WEIGHT, low=0, high=100),
    "xyz_smap_lambda": Parameter(say("3D weight, map"), _WEIGHT, low=0, high=100),
    "rgb_s_lambda": Parameter(say("Colour weight, score"), _WEIGHT, low=0, high=100),
    "rgb_smap_lambda": Parameter(say("Colour weight, map"), _WEIGHT, low=0, high=100),
    "fusion_s_lambda": Parameter(say("Fused weight, score"), _WEIGHT, low=0, high=100),
    "fusion_smap_lambda": Parameter(say("Fused weight, map"), _WEIGHT, low=0, high=100),
    "ocsvm_nu": Parameter(
        say("Decision: share outside"), say("Share of good parts that may lie outside."), low=0.001, high=1
    ),
    "ocsvm_maxiter": Parameter(say("Decision: rounds"), "", "", 1, 1_000_000),
    "point_norm": Parameter(
        say("Point network statistics"),
        say("What the network scales its inner values by."),
        words={"batch": say("of the cloud itself, as published"), "running": say("of its training")},
    ),
    "statistics": Parameter(
        say("Scale of the memories"),
        words={
            "shared": say("one for all, as published"),
            "reference": say("one for all, as published"),
            "per_stream": say("each its own"),
        },
    ),
    "coreset_base": Parameter(
        say("Size of later memories"),
        words={
            "thinned_xyz": say("by the thinned 3D memory, as published"),
            "own": say("each by its own rows"),
        },
    ),
    "empty_cells": Parameter(
        say("Cells without points"),
        words={"as_features": say("take part, as published"), "left_out": say("are left out")},
    ),
    "blur": Parameter(say("Smoothing of the map"), words=_BLUR_WORDS),
    "skip_origin": Parameter(
        say("No groups at the origin"),
        say("Points within 3.2 cm of the origin start no group, as published."),
    ),
    "map_size": Parameter(say("Side of the map"), "", "px", 32, 4096),
    "normal_points": Parameter(say("Neighbours for normals"), "", "", 3, 1000),
    "normal_radius_mm": Parameter(say("Radius for normals"), "", "mm", 0.1, 10_000),
    "fpfh_points": Parameter(say("Neighbours for FPFH"), "", "", 3, 1000),
    "fpfh_radius_mm": Parameter(say("Radius for FPFH"), "", "mm", 0.1, 10_000),
    "normals_face_sensor": Parameter(say("Normals face the sensor")),
    "epochs": Parameter(
        say("Epochs"),
        say("How often all parts are seen."),
        "",
        0,
        100_000,
        is_common=True,
    ),
    "batch_size": Parameter(
        say("Batch"),
        say("Parts (patches, for the shape expert) in a batch: more takes more memory."),
        "",
        1,
        4096,
        is_common=True,
    ),
    "lr": Parameter(say("Learning rate"), "", "", 0, 10, is_common=True),
    "schedule": Parameter(
        say("Plan"),
        say("How long is trained, and how the rate goes."),
        is_common=True,
        words={
            "steps": say("by steps, as in the paper"),
            "epochs": say("by epochs, as published"),
            "warmup_constant": say("rises, then stays, as published"),
            "warmup_cosine": say("rises, then falls"),
            "constant": say("stays, as published"),
            "cosine": say("rises, then falls"),
        },
    ),
    "steps": Parameter(
        say("Steps"),
        say("Updates; 0 leaves the length to the epochs."),
        "",
        0,
        10_000_000,
        is_common=True,
    ),
    "warmup_steps": Parameter(say("Steps of warming up"), "", "", 0, 1_000_000),
    "warmup_epochs": Parameter(say("Epochs of warming up"), "", "", 0, 100_000),
    "accum_iter": Parameter(say("Batches for an update"), "", "", 1, 4096),
    "blr": Parameter(say("Rate for 256 parts"), say("Counts where the learning rate is 0."), "", 0, 10),
    "min_lr": Parameter(say("Lowest rate"), "", "", 0, 10),
    "weight_decay": Parameter(say("Weight decay"), "", "", 0, 10),
    "amp": Parameter(say("Half precision on a GPU")),
    "feature_storage": Parameter(
        say("Precision of kept features"), words={"float32": say("full"), "float16": say("half the disk")}
    ),
    "experts": Parameter(
        say("Variant"),
        say("Whose map counts."),
        is_common=True,
        words={
            "RGB_SDF": say("colour and shape, as published"),
            "SDF": say("3D alone"),
            "RGB": say("colour guided by shape"),
        },
    ),
    "colour": Parameter(
        say("Colour features"), is_common=True, words={"hand_made": say("hand-made, without a network")}
    ),
    "ckpt_path": Parameter(say("Shape expert file"), say("Empty: the one in the library.")),
    "grid_path": Parameter(say("Folder of patches"), say("Empty: patches are cut as they are needed.")),
    "teacher": Parameter(say("Teacher network"), is_common=True),
    "teacher_weights": Parameter(say("Weights of the teacher"), is_common=True),
    "teacher_path": Parameter(say("Teacher file"), say("Empty: the one in the library.")),
    "checkpoint": Parameter(say("Weights to begin with")),
    "image_size": Parameter(say("Side of the picture"), "", "px", 28, 4096),
    "hold_out": Parameter(say("Share held out"), say("Good parts that set the line instead."), "", 0, 0.9),
    "epoch": Parameter(say("Epochs"), "", "", 0, 1_000_000, is_common=True),
    "learning_rate": Parameter(say("Learning rate"), "", "", 0, 10, is_common=True),
    **IMAGINING_ROWS,
    **SHAPE_ROWS,
    **STUDENT_ROWS,
}

PRESETS: dict[str, Phrase] = {
    "": say("Defaults"),
    "rerun": say("Re-run (fusion layer of five epochs)"),
    "published": say("As published"),
    "official": say("The authors' own program"),
    "small": say("Small and quick"),
    "hand_made": say("Hand-made features, no weights"),
}
