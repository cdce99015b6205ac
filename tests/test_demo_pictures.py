"""The demo's drawings: every motif, in any size, the same for the same seed."""

import io
from itertools import combinations

import pytest
from PIL import Image

from trends.demo.pictures import MOTIFS, draw

SMALL = (160, 90)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_is_a_jpeg_with_something_on_it(motif: str) -> None:
    picture = opened(draw(motif, seed=7, size=SMALL))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", SMALL)
    seen = picture.convert("L").tobytes()
    assert max(seen) - min(seen) > 100


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_same_seed_draws_the_same_bytes_and_another_seed_others(motif: str) -> None:
    first = draw(motif, seed=7, size=SMALL)

    assert draw(motif, seed=7, size=SMALL) == first
    assert draw(motif, seed=8, size=SMALL) != first


def test_motifs_differ() -> None:
    drawn = {name: draw(name, seed=7, size=SMALL) for name in MOTIFS}

    assert len(drawn) >= 12
    assert all(drawn[one] != drawn[other] for one, other in combinations(drawn, 2))


@pytest.mark.parametrize("size", [(120, 120), (90, 160), (161, 67)])
def test_other_shapes_lose_their_edges(size: tuple[int, int]) -> None:
    assert opened(draw("racks", seed=7, size=size)).size == size


def test_a_drawing_measures_1600_by_900_unless_told() -> None:
    assert opened(draw("vault", seed=7)).size == (1600, 900)


def test_an_unknown_motif_is_refused() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        draw("unicorn", seed=7, size=SMALL)
