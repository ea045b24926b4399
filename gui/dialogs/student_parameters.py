"""What the parameters of reverse distillation are called and mean."""

from __future__ import annotations

from core.phrase import say
from gui.dialogs.parameter import Parameter

STUDENT_ROWS: dict[str, Parameter] = {
    "bottleneck": Parameter(
        say("Bottleneck"), words={"as_teacher": say("as wide as the teacher"), "half": say("half as wide")}
    ),
    "initialisation": Parameter(
        say("First weights"), words={"fan_out": say("by what they give"), "fan_in": say("by what they take")}
    ),
    "beta1": Parameter(say("Memory of the slope"), say("Adam's first factor."), "", 0, 0.9999),
    "beta2": Parameter(say("Memory of its square"), say("Adam's second factor."), "", 0, 0.99999),
    "loss": Parameter(
        say("Loss"),
        say("Over what the angle between teacher and student is taken."),
        words={
            "flattened": say("a whole layer of a picture"),
            "per_position": say("each place"),
            "concatenated": say("a whole layer of a batch"),
        },
    ),
    "map_mode": Parameter(
        say("Layers of the map"), words={"sum": say("added"), "product": say("multiplied")}
    ),
    "blur_sigma": Parameter(say("Radius of the smoothing"), "", "px", 0, 100),
    "keep": Parameter(
        say("Epoch kept"),
        words={
            "last": say("the last"),
            "best_on_held_out": say("the best on parts held out"),
            "best_on_test": say("the best on the test parts (too good then)"),
        },
    ),
    "evaluate_every": Parameter(say("Look every"), "", say("epochs"), 1, 100_000),
    "print_steps": Parameter(say("Tell the loss every"), "", say("steps"), 1, 100_000),
    "teacher_maps": Parameter(
        say("Teacher's features"),
        words={"kept": say("kept in memory: quicker"), "each_step": say("computed anew: less memory")},
    ),
    "channels_last": Parameter(say("Channels last in memory")),
    "resume": Parameter(say("Go on with a stopped training")),
}
