"""Every action of the window: id, menu, text, key, icon; ids and keys are relied upon, do not rename."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MODIFIED = re.compile(r"Ctrl|Alt|\bF\d")


@dataclass(frozen=True)
class ActionRow:
    """One action; `group` starts a new part of its menu; bare keys act in views, gallery and Result."""

    id: str
    menu: str
    text: str
    key: str = ""
    icon: str = ""
    checkable: bool = False
    group: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys of the action."""
        return tuple(self.key.split(" | ")) if self.key else ()

    @property
    def is_bare(self) -> bool:
        """Whether the key carries neither Ctrl nor Alt, nor is a function key."""
        return bool(self.key) and not _MODIFIED.search(self.key)


MENUS = ("File", "Edit", "View", "Run", "Review", "Tools", "Help")

ACTIONS = (
    ActionRow("file.demo", "File", "Try the demo", icon="play"),
    ActionRow("file.open_folder", "File", "Open a folder of parts", "Ctrl+Shift+O", "drop_folder"),
    ActionRow("file.new", "File", "New project", "Ctrl+N", group=True),
    ActionRow("file.open", "File", "Open project", "Ctrl+O", "folder"),
    ActionRow("file.recent", "File", "Recent projects", icon="clock"),
    ActionRow("file.save", "File", "Save now", "Ctrl+S", group=True),
    ActionRow("file.save_copy", "File", "Save a copy", "Ctrl+Shift+S", "save"),
    ActionRow("file.import", "File", "Import parts", "Ctrl+I", "plus", group=True),
    ActionRow("file.report", "File", "Export report", "Ctrl+E"),
    ActionRow("file.export_view", "File", "Export this view as a picture", "Ctrl+Shift+E", "image"),
    ActionRow("file.close", "File", "Close project", "Ctrl+W", group=True),
    ActionRow("file.quit", "File", "Quit", "Ctrl+Q"),
    ActionRow("edit.undo", "Edit", "Undo", "Ctrl+Z"),
    ActionRow("edit.redo", "Edit", "Redo", "Ctrl+Shift+Z | Ctrl+Y"),
    ActionRow("edit.copy_view", "Edit", "Copy the view", "Ctrl+C", "copy", group=True),
    ActionRow("edit.copy_table", "Edit", "Copy the measurements", "Ctrl+Shift+C"),
    ActionRow("edit.find", "Edit", "Find samples", "Ctrl+F", "search", group=True),
    ActionRow("edit.select_all", "Edit", "Select all parts", "Ctrl+A"),
    ActionRow("edit.rename", "Edit", "Rename", "F2", "pencil", group=True),
    ActionRow("edit.trash", "Edit", "Put into the trash", "Del", "trash"),
    ActionRow("view.workspace_1", "View", "Workspace: Inspect", "Ctrl+1", "inspect"),
    ActionRow("view.workspace_2", "View", "Workspace: Tune", "Ctrl+2", "tune"),
    ActionRow("view.workspace_3", "View", "Workspace: Review", "Ctrl+3", "review"),
    ActionRow("view.workspace_4", "View", "Workspace: Compare", "Ctrl+4", "compare"),
    ActionRow("view.workspace_5", "View", "Workspace: Live", "Ctrl+5", "live"),
    ActionRow("view.layout_1", "View", "Colour only", "1", "image", group=True),
    ActionRow("view.layout_2", "View", "Colour and 3D", "2", "layout_two"),
    ActionRow("view.layout_3", "View", "3D only", "3", "cube"),
    ActionRow("view.layout_4", "View", "Four views", "4", "layout_four"),
    ActionRow("view.layout_5", "View", "Two models side by side", "5", "layout_compare"),
    ActionRow("view.heatmap", "View", "Heatmap", "H", "heat", checkable=True, group=True),
    ActionRow("view.contour", "View", "Contour", "K", "contour", checkable=True),
    ActionRow("view.truth", "View", "Ground truth", "G", checkable=True),
    ActionRow("view.model_mask", "View", "Mask of the model", "M", checkable=True),
    ActionRow("view.my_mask", "View", "Your mask", "Shift+M", checkable=True),
    ActionRow("view.peek", "View", "Hide everything over the part (hold Space)", checkable=True),
    ActionRow("view.opacity_down", "View", "Less heat", "["),
    ActionRow("view.opacity_up", "View", "More heat", "]"),
    ActionRow("view.next_colormap", "View", "Next colour map", "C"),
    ActionRow("view.next_3d_colour", "View", "Next 3D colouring", "V"),
    ActionRow("view.fit", "View", "Fit to view", "F", "fit", group=True),
    ActionRow("view.fit_region", "View", "Fit to the region", "Shift+F"),
    ActionRow("view.one_to_one", "View", "One screen pixel per picture pixel", "Z"),
    ActionRow("view.reset_3d", "View", "Reset the 3D view", "R"),
    ActionRow("view.next_standard", "View", "Next standard view", "Shift+V", "cube"),
    ActionRow("view.link", "View", "Link the views", "L", "link", checkable=True),
    ActionRow("view.pin", "View", "Pin the cursor", "P", "pin", checkable=True),
    ActionRow("view.dock_left", "View", "Show or hide the left panel", "Ctrl+B", group=True),
    ActionRow("view.dock_bottom", "View", "Show or hide the lower panels", "Ctrl+J"),
    ActionRow("view.dock_right", "View", "Show or hide the right panels", "Ctrl+Alt+B"),
    ActionRow("view.next_panel", "View", "Next panel", "F8"),
    ActionRow("view.prev_panel", "View", "Previous panel", "Shift+F8"),
    ActionRow("view.reset_layout", "View", "Reset layout"),
    ActionRow("view.fullscreen", "View", "Full screen", "F11", checkable=True),
    ActionRow("nav.next", "View", "Next sample", "Right", "chevron_right", group=True),
    ActionRow("nav.prev", "View", "Previous sample", "Left", "chevron_left"),
    ActionRow("nav.first", "View", "First sample", "Home"),
    ActionRow("nav.last", "View", "Last sample", "End"),
    ActionRow("nav.next_unreviewed", "View", "Next without your verdict", "Ctrl+Right"),
    ActionRow("nav.next_disagree", "View", "Next wrong decision", "Alt+Right"),
    ActionRow("nav.next_region", "View", "Next region", "PgDown"),
    ActionRow("nav.prev_region", "View", "Previous region", "PgUp"),
    ActionRow("run.train", "Run", "Train", "Ctrl+T"),
    ActionRow("run.train_all", "Run", "Train all classes", "Ctrl+Shift+T"),
    ActionRow("run.pretrain", "Run", "Train a network for all classes"),
    ActionRow("run.inspect", "Run", "Inspect this sample", "F5"),
    ActionRow("run.inspect_all", "Run", "Inspect all", "Ctrl+F5", "play"),
    ActionRow("run.evaluate", "Run", "Evaluate", "F6"),
    ActionRow("run.preprocess", "Run", "Preprocessing", "F7", "layers", group=True),
    ActionRow("run.live", "Run", "Start or stop the live folder", "F9", "live"),
    ActionRow("run.cancel", "Run", "Cancel the running job", "Ctrl+.", "stop", group=True),
    ActionRow("review.ok", "Review", "Say OK", "O"),
    ActionRow("review.ng", "Review", "Say NG", "N"),
    ActionRow("review.unsure", "Review", "Say unsure", "U"),
    ActionRow("review.clear", "Review", "Take the verdict back", "Backspace"),
    ActionRow("review.confirm_next", "Review", "Confirm and next", "Ctrl+Return", "check"),
    ActionRow("review.previous", "Review", "Previous in the review", icon="chevron_left"),
    ActionRow("review.type", "Review", "Defect type", "T", group=True),
    ActionRow("review.type_1", "", "Defect type 1", "Alt+1"),
    ActionRow("review.type_2", "", "Defect type 2", "Alt+2"),
    ActionRow("review.type_3", "", "Defect type 3", "Alt+3"),
    ActionRow("review.type_4", "", "Defect type 4", "Alt+4"),
    ActionRow("review.type_5", "", "Defect type 5", "Alt+5"),
    ActionRow("review.type_6", "", "Defect type 6", "Alt+6"),
    ActionRow("review.type_7", "", "Defect type 7", "Alt+7"),
    ActionRow("review.type_8", "", "Defect type 8", "Alt+8"),
    ActionRow("review.type_9", "", "Defect type 9", "Alt+9"),
    ActionRow("review.brush", "Review", "Paint the mask", "W", checkable=True, group=True),
    ActionRow("review.erase", "Review", "Erase the mask", "E", checkable=True),
    ActionRow("review.polygon", "Review", "Outline the mask", "Shift+W", checkable=True),
    ActionRow("review.accept_mask", "Review", "Take the mask of the model", "A"),
    ActionRow("review.fill_holes", "Review", "Fill the holes of the mask"),
    ActionRow("review.clear_mask", "Review", "Clear the mask"),
    ActionRow("review.brush_smaller", "Review", "Smaller brush", ","),
    ActionRow("review.brush_larger", "Review", "Larger brush", "."),
    ActionRow("review.figures", "Review", "Figures with either truth", group=True),
    ActionRow("review.export", "Review", "Export the review", icon="file"),
    ActionRow("tune.up", "Tools", "Raise the threshold to the next score", "Alt+Up"),
    ActionRow("tune.down", "Tools", "Lower the threshold to the next score", "Alt+Down"),
    ActionRow("tune.up_big", "Tools", "Raise the threshold by 5 %", "Alt+Shift+Up"),
    ActionRow("tune.down_big", "Tools", "Lower the threshold by 5 %", "Alt+Shift+Down"),
    ActionRow("tune.max_f1", "Tools", "Threshold: best F1", "Ctrl+Alt+1", group=True),
    ActionRow("tune.fpr", "Tools", "Threshold: few false alarms", "Ctrl+Alt+2"),
    ActionRow("tune.recall_100", "Tools", "Threshold: miss nothing", "Ctrl+Alt+3"),
    ActionRow("tune.good_only", "Tools", "Threshold: from good parts only", "Ctrl+Alt+4"),
    ActionRow("tool.distance", "Tools", "Measure a distance", "D", "ruler", group=True),
    ActionRow("tool.profile", "Tools", "Measure along a line", "Shift+D"),
    ActionRow("tool.angle", "Tools", "Measure an angle"),
    ActionRow("compare.swap", "Tools", "Swap the two models", "X", group=True),
    ActionRow("compare.mode", "Tools", "Next way to compare", "Shift+X"),
    ActionRow("tool.models", "Tools", "Models", icon="cube", group=True),
    ActionRow("tool.checkpoints", "Tools", "Checkpoints", icon="file"),
    ActionRow("app.palette", "Help", "Search actions", "Ctrl+K", "search"),
    ActionRow("app.help", "Help", "What to do first", "F1", "info"),
    ActionRow("app.keys", "Help", "All keys", "Shift+F1"),
    ActionRow("app.settings", "Help", "Settings", "Ctrl+,", "gear", group=True),
)
