"""What the parameters of MTFI and of its networks' training are called and mean."""

from __future__ import annotations

from core.phrase import say
from gui.dialogs.parameter import Parameter

_FAMILY = say("Empty: as the variant needs. It must go with the variant.")
_DISTANCES = {
    "l2": say("straight line"),
    "l1": say("sum of the differences"),
    "cos_dist": say("angle"),
}
_STRUCTURES = {"small": say("small, our own"), "published": say("as published")}
IMAGINING_ROWS: dict[str, Parameter] = {
    "main_modality": Parameter(
        say("Sensor at inspection"),
        say("The other one is imagined. Only a variant that imagines has one."),
        is_common=True,
        words={"": say("as the variant needs"), "xyz": say("3D alone"), "rgb": say("colour alone")},
    ),
    "features": Parameter(
        say("Features"),
        say("Hand-made ones need no weights and find less than those of the networks."),
        is_common=True,
        words={"networks": say("of the networks"), "descriptors": say("hand-made, without a network")},
    ),
    "distil": Parameter(
        say("Imagining network"),
        say("With hand-made features it is trained with every model, or was trained here before."),
        is_common=True,
        words={
            "pretrained": say("as the features need"),
            "own_parts": say("trained with the model"),
            "library": say("the one in the library"),
        },
    ),
    "own_network": Parameter(
        say("Structure of the imagining network"),
        say("Counts with hand-made features, where the network is trained with the model."),
        words=_STRUCTURES,
    ),
    "structure": Parameter(
        say("Structure of the network"), say("A small one is for hand-made features."), words=_STRUCTURES
    ),
    "calibration": Parameter(
        say("Weight of the memories"),
        say("What decides how much each memory counts."),
        words={
            "published": say("parts that it knows, as published"),
            "left_out": say("good parts left out of it"),
        },
    ),
    "own_epochs": Parameter(
        say("Epochs of imagining"),
        say("Counts where the imagining network is trained with the model."),
        low=1,
        high=100_000,
        is_common=True,
    ),
    "own_lr": Parameter(
        say("Rate of imagining"),
        say("Counts where the imagining network is trained with the model."),
        low=0,
        high=10,
    ),
    "use_hn": Parameter(say("Feature to feature"), _FAMILY),
    "use_hrnet": Parameter(say("Input to feature"), _FAMILY),
    "use_hn_from_rgb_conv": Parameter(say("Feature to input"), _FAMILY),
    "c_hrnet": Parameter(
        say("Width of the network"),
        say("0 or 512: the trunk. 32, 48, 128, 192: the high-resolution network; 192 takes 18 GB to train."),
        say("channels"),
        0,
        512,
        is_common=True,
    ),
    "trunk_planes": Parameter(
        say("Inner width of the trunk"),
        say("128 as published; less learns faster from few parts."),
        say("channels"),
        2,
        1024,
    ),
    "mlp_depth": Parameter(say("Depth of the network"), "", say("blocks"), 1, 16),
    "dist_method": Parameter(
        say("Loss"),
        say("How far the imagined patch is from the real one."),
        words={
            "l2": say("straight line"),
            "cos_dist": say("angle"),
            "smooth_l1": say("smoothed sum of the differences"),
        },
    ),
    "smaller_batch": Parameter(
        say("A smaller batch"), say("Where there are fewer parts than a batch holds, take them all as one.")
    ),
    "save_every": Parameter(
        say("Keep every"),
        say("After so many epochs a stopped training can be gone on with."),
        say("epochs"),
        1,
    ),
    "train_with_validation": Parameter(
        say("Learn from validation parts"), say("They are then no longer unseen.")
    ),
    "rgb_size": Parameter(say("Side of the picture"), say("It must go with the colour network."), "px"),
    "xyz_size": Parameter(say("Side of the cloud's raster"), "", "px"),
    "gt_size": Parameter(say("Side of the map"), "", "px"),
    "coreset_dtype": Parameter(
        say("Precision while patches are chosen"),
        words={"TF32": say("full"), "FP16": say("half, as published")},
    ),
    "dist_method_s": Parameter(
        say("Distance to the memory"),
        say("How a patch is compared with the remembered ones."),
        words=_DISTANCES,
    ),
    "dist_method_coreset": Parameter(
        say("Distance while patches are chosen"), say("Which patches count as different."), words=_DISTANCES
    ),
    "distance_rounding": Parameter(
        say("Rounding of distances"), words={"exact": say("exact"), "published": say("as published")}
    ),
    "background_radius": Parameter(
        say("Drop imagined points within"),
        say("0 keeps the imagined background, as published."),
        "m",
        0,
        10,
    ),
}
