"""Every action of the window: id, menu, text, key, icon; ids and keys are relied upon, do not rename."""

from __future__ import annotations

from dataclasses import dataclass


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
        return bool(self.key) and not any(
            part in self.key for part in ("Ctrl", "Alt", "F1", "F5", "F6", "F7", "F9")
        )


MENUS = ("File", "Edit", "View", "Run", "Review", "Help")

ACTIONS = (
    ActionRow("file.demo", "File", "Try the demo", icon="play"),
    ActionRow("file.open_folder", "File", "Open a folder of parts", "Ctrl+Shift+O", "drop_folder"),
    ActionRow("file.open", "File", "Open project", "Ctrl+O", "folder", group=True),
    ActionRow("file.save_copy", "File", "Save demo as project", "Ctrl+Shift+S", "save"),
    ActionRow("file.close", "File", "Close project", "Ctrl+W", group=True),
    ActionRow("file.quit", "File", "Quit", "Ctrl+Q"),
    ActionRow("edit.find", "Edit", "Find samples", "Ctrl+F", "search"),
    ActionRow("view.layout_1", "View", "Colour only", "1", "image"),
    ActionRow("view.layout_2", "View", "Colour and 3D", "2", "layout_two"),
    ActionRow("view.layout_3", "View", "3D only", "3", "cube"),
    ActionRow("view.layout_4", "View", "Four views", "4", "layout_four"),
    ActionRow("view.heatmap", "View", "Heatmap", "H", "heat", checkable=True, group=True),
    ActionRow("view.contour", "View", "Contour", "K", "contour", checkable=True),
    ActionRow("view.truth", "View", "Ground truth", "G", checkable=True),
    ActionRow("view.opacity_down", "View", "Less heat", "["),
    ActionRow("view.opacity_up", "View", "More heat", "]"),
    ActionRow("view.next_colormap", "View", "Next colour map", "C"),
    ActionRow("view.next_3d_colour", "View", "Next 3D colouring", "V"),
    ActionRow("view.fit", "View", "Fit to view", "F", "fit", group=True),
    ActionRow("view.reset_3d", "View", "Reset the 3D view", "R"),
    ActionRow("view.link", "View", "Link the views", "L", "link", checkable=True),
    ActionRow("view.pin", "View", "Pin the cursor", "P", "pin", checkable=True),
    ActionRow("view.dock_left", "View", "Show or hide the left panel", "Ctrl+B", group=True),
    ActionRow("view.dock_bottom", "View", "Show or hide the lower panels", "Ctrl+J"),
    ActionRow("view.dock_right", "View", "Show or hide the right panels", "Ctrl+Alt+B"),
    ActionRow("view.reset_layout", "View", "Reset layout"),
    ActionRow("view.fullscreen", "View", "Full screen", "F11", checkable=True),
    ActionRow("nav.next", "View", "Next sample", "Right", "chevron_right", group=True),
    ActionRow("nav.prev", "View", "Previous sample", "Left", "chevron_left"),
    ActionRow("nav.first", "View", "First sample", "Home"),
    ActionRow("nav.last", "View", "Last sample", "End"),
    ActionRow("run.train", "Run", "Train", "Ctrl+T"),
    ActionRow("run.inspect", "Run", "Inspect this sample", "F5"),
    ActionRow("run.inspect_all", "Run", "Inspect all", "Ctrl+F5", "play"),
    ActionRow("run.cancel", "Run", "Cancel the running job", "Ctrl+.", "stop", group=True),
    ActionRow("review.ok", "Review", "Say OK", "O"),
    ActionRow("review.ng", "Review", "Say NG", "N"),
    ActionRow("review.unsure", "Review", "Say unsure", "U"),
    ActionRow("review.clear", "Review", "Take the verdict back", "Backspace", group=True),
    ActionRow("app.palette", "Help", "Search actions", "Ctrl+K", "search"),
    ActionRow("app.settings", "Help", "Settings", "Ctrl+,", "gear", group=True),
)
