"""The program that reads a picture nobody has looked at yet: started anew for each one, it knows Pillow and nothing of
Cairn, and gives up nearly every right before the first byte comes.

Argument: the job as JSON. Standard input: the upload. Standard output: a line of JSON, either `refused` with the reason
or `width` and `height`, and then the new file.
"""

import copy
import errno
import json
import sys
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

Image.preinit()
NEEDED_LATER = (copy, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Pillow imports them when a file asks for it; then no file can be opened any more. (Exif is written as TIFF is.)"""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LOSSLESS = ("PNG", "GIF")
"""What comes as one of these is drawn rather than photographed: its lines stay sharp."""


def main() -> None:
    job = json.loads(sys.argv[1])
    give_up_rights(memory=job["memory"], cpu_seconds=job["cpu_seconds"])
    upload = sys.stdin.buffer.read()
    try:
        facts, content = redrawn(upload, job)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        facts, content = {"refused": "pixels"}, b""
    except MemoryError:
        facts, content = {"refused": "work"}, b""
    except Exception as error:  # damaged files make Pillow raise nearly anything
        if isinstance(error, OSError) and error.errno == errno.EMFILE:
            raise  # something is missing in NEEDED_LATER: not the fault of the picture
        facts, content = {"refused": "unreadable"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


def give_up_rights(*, memory: int, cpu_seconds: int) -> None:
    """No more memory and time than this, no file and no connection beside the three pipes, no byte written to a disk,
    no other process: whatever takes this one over has nothing to go on with."""
    if sys.platform == "win32":
        return
    import resource  # Windows has none

    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # macOS does not keep this one
        limits[resource.RLIMIT_AS] = memory
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def redrawn(upload: bytes, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    Image.MAX_IMAGE_PIXELS = job["pixels_max"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    side = job["side"]
    with Image.open(BytesIO(upload), formats=FORMATS) as image:
        if not job["may_move"] and getattr(image, "is_animated", False):
            return {"refused": "moves"}, b""
        image.draft("RGB", (2 * side, 2 * side))  # a large JPEG is decoded at a fraction of its size
        is_drawn = image.format in LOSSLESS
        ImageOps.exif_transpose(image, in_place=True)
        kept = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if job["is_square"]:
        kept = ImageOps.fit(kept, (side, side))
    else:
        kept.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = _saved(kept, lossless=True, quality=50, method=2) if is_drawn and job["may_be_lossless"] else b""
    if not content or len(content) > job["kept_max"]:
        content = _saved(kept, quality=85, method=4)
    return {"width": kept.width, "height": kept.height}, content


def _saved(image: Image.Image, **options: int) -> bytes:
    output = BytesIO()
    image.save(output, "WEBP", **options)
    return output.getvalue()


if __name__ == "__main__":
    main()
