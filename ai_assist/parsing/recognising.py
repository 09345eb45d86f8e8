"""Inside the process: reads the text in pictures, one after the other, with the models that are loaded before."""

import json
import os
from dataclasses import asdict
from typing import Any, BinaryIO

os.environ["OMP_NUM_THREADS"] = "1"  # read when these libraries load: threads are among what is given up

import cv2
import numpy as np
import rapidocr
from PIL import Image, ImageDraw

from .characters import cleaned
from .formats import load_whole
from .formats.photo import opened
from .places import Placed

SURE = 0.5
"""Below, a line is rather a stain."""
LENGTH = 8
"""Bytes before each picture that say how many it has."""
SETTINGS = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Global.log_level": "critical",
    "Global.max_side_len": 1600,  # with 2000 it is no better, takes half as long again and 970 MB instead of 710
    "Global.text_score": SURE,
    "Rec.rec_batch_num": 1,
}
_ENGINES: list[Any] = []


def prepare(job: dict[str, Any]) -> None:
    """Reads a first picture, for all that this loads."""
    cv2.setNumThreads(1)
    load_whole(rapidocr)
    _ENGINES.append(rapidocr.RapidOCR(params=SETTINGS))
    first = Image.new("RGB", (200, 60), "white")
    ImageDraw.Draw(first).text((10, 10), "Cairn", "black", font_size=32)
    _lines(first)


def run(job: dict[str, Any], pictures: BinaryIO, output: BinaryIO) -> None:
    while length := pictures.read(LENGTH):
        with opened(pictures.read(int.from_bytes(length))) as image:
            lines = _lines(image.convert("RGB"))
        output.write(json.dumps({"lines": [asdict(line) for line in lines]}).encode() + b"\n")
        output.flush()


def _lines(image: Image.Image) -> list[Placed]:
    seen = _ENGINES[0](np.asarray(image)[:, :, ::-1])  # it wants blue first
    if seen.boxes is None or seen.txts is None:
        return []
    lines = []
    for corners, text in zip(seen.boxes.tolist(), seen.txts, strict=True):
        across = [min(max(x / image.width, 0), 1) for x, _ in corners]
        down = [min(max(y / image.height, 0), 1) for _, y in corners]
        sides = (min(across), min(down), max(across), max(down))
        lines.append(Placed(cleaned(text), *(round(side, 4) for side in sides)))
    return [line for line in lines if line.text.strip()]
