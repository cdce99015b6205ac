"""The demo's illustrations: `draw` makes any of MOTIFS, the same bytes for the same seed."""

import io
import math
from collections.abc import Callable, Mapping
from random import Random

from PIL import Image, ImageOps

from . import motifs_chips as chips
from . import motifs_far as far
from . import motifs_grid as grid
from . import motifs_halls as halls
from . import motifs_keys as keys
from . import motifs_power as power
from . import motifs_works as works
from .motifs_paper import HEIGHT, WIDTH, Sheet

QUALITY = 88

MOTIFS: Mapping[str, Callable[[Sheet], None]] = {
    motif.__name__: motif
    for motif in (
        halls.racks,
        halls.cooling,
        halls.water,
        chips.chip,
        chips.wafer,
        chips.light,
        works.factory,
        power.solar,
        power.transformer,
        grid.grid,
        grid.towers,
        keys.key,
        keys.vault,
        far.cables,
        far.orbit,
        far.antennas,
        works.ships,
        works.robot,
    )
}


def draw(name: str, *, seed: int, size: tuple[int, int] = (1600, 900)) -> bytes:
    """A JPEG of `size` pixels. Motifs are composed for 16:9; other shapes lose their edges.

    Raises KeyError for a name that is not in MOTIFS.
    """
    scale = max(size[0] / WIDTH, size[1] / HEIGHT)
    whole = (math.ceil(WIDTH * scale), math.ceil(HEIGHT * scale))
    sheet = Sheet(whole, Random(f"{name} {seed}"))
    MOTIFS[name](sheet)
    picture = ImageOps.fit(sheet.finished(), size, Image.Resampling.BOX)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return out.getvalue()
