"""Flags of the published program that are commands or settings here."""

from __future__ import annotations

SETTLED_ELSEWHERE = {
    "save_feature_for_fusion": "inspector features PROJECT --kind ftof --out DIR",
    "save_path": "inspector features PROJECT --kind ftof --out DIR",
    "save_frgb_xyz": "inspector features PROJECT --kind frgb_xyz --out DIR",
    "save_path_frgb_xyz": "inspector features PROJECT --kind frgb_xyz --out DIR",
    "save_rgb_fxyz": "inspector features PROJECT --kind rgb_fxyz --out DIR",
    "save_path_rgb_fxyz": "inspector features PROJECT --kind rgb_fxyz --out DIR",
    "save_raw_results": "inspector inspect PROJECT --out DIR",
    "save_seg_results": "inspector inspect PROJECT --out DIR",
    "save_results": "inspector evaluate PROJECT --out metrics.json",
    "experiment_note": "inspector evaluate PROJECT --out metrics.json",
    "dataset_type": "inspector import SRC --layout mvtec_3d --out PROJECT",
    "dataset_path": "inspector import SRC --out PROJECT",
    "cpu_core_num": "inspector train PROJECT --class NAME (threads are a setting of the program)",
}
