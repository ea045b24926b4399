"""What the parameters of Shape-Guided and of its shape expert's training are called and mean."""

from __future__ import annotations

from core.phrase import say
from gui.dialogs.parameter import Parameter

SHAPE_ROWS: dict[str, Parameter] = {
    "point_num": Parameter(
        say("Points of a patch"),
        say("The published expert was trained on patches of 500."),
        say("points"),
        16,
        4096,
    ),
    "group_mul": Parameter(
        say("Patches a point lies in"),
        say("On average; more makes the map finer and takes longer."),
        "",
        1,
        100,
        is_common=True,
    ),
    "k_number": Parameter(
        say("Similar patches looked at"), say("Of the memory, for every patch of a part."), "", 1, 1000
    ),
    "place_weight": Parameter(
        say("Weight of the place"),
        say("0: similar patches may lie anywhere, as published. 30: for parts that always lie the same way."),
        "",
        0,
        1000,
        is_common=True,
    ),
    "dict_n_component": Parameter(
        say("Patches that rebuild one"), say("So many of the similar ones are mixed."), "", 1, 100
    ),
    "rgb_neighbours": Parameter(say("Colour cells looked at"), "", "", 1, 1000),
    "rgb_method": Parameter(
        say("Strangeness of a cell"),
        words={
            "sparse": say("what a mix of cells leaves over, as published"),
            "nearest": say("distance to the nearest cell"),
        },
    ),
    "part_score": Parameter(
        say("Score of the part"),
        words={
            "experts": say("the strangest patch, as published"),
            "map": say("the highest value of the map"),
            "product": say("both multiplied"),
        },
    ),
    "least_noise": Parameter(
        say("Least noise"),
        say("0: by half of their spread or the whole. Else by a share of it from this up."),
        "",
        0,
        1,
    ),
    "align_images": Parameter(
        say("Parts that set the scale"),
        say("Good parts from which the scale between colour and shape is learnt."),
        say("parts"),
        1,
        10_000,
    ),
    "blur_radius": Parameter(say("Radius of the smoothing"), "", "px", 0, 100),
    "cells": Parameter(
        say("Cells of a patch"),
        words={"reference": say("as published"), "clean": say("its own and all within two")},
    ),
    "dictionary": Parameter(
        say("Colours compared with"),
        words={
            "image": say("those similar to any patch of the part, as published"),
            "patch": say("those similar to the patch itself"),
        },
    ),
    "alignment_leaves_out": Parameter(
        say("Left out for the scale"),
        words={"nearest": say("the nearest patch, as published"), "image": say("all patches of the part")},
    ),
    "sampled_size": Parameter(
        say("Noisy copies"),
        say("How many differently moved copies of a patch there may be."),
        say("copies"),
        1,
        1000,
    ),
    "noise": Parameter(
        say("Noise"), words={"fresh": say("drawn anew each time"), "stored": say("as it lies in the files")}
    ),
    "loss_points": Parameter(
        say("Points of the loss"),
        say("So many points of each patch are moved back to the surface; 0: all. Fewer is quicker."),
        say("points"),
        0,
        4096,
        is_common=True,
    ),
    "keep_every": Parameter(
        say("Keep every"),
        say("After so many epochs a stopped training can be gone on with."),
        say("epochs"),
        1,
    ),
    "numbered_every": Parameter(
        say("Numbered files every"), say("Files under the published names; 0: none."), say("epochs"), 0
    ),
}
