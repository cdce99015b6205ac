"""Where the crops lie."""

from hypothesis import given
from hypothesis import strategies as st

from trends.renditions import crop_box


def test_a_focal_point_outside_means_the_edge() -> None:
    assert crop_box((1600, 900), 1.0, (7.0, -3.0)) == (700, 0, 1600, 900)


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.sampled_from([16 / 9, 4 / 3, 1.0, 1200 / 630]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_lies_in_the_picture_and_holds_the_focal_point(
    size: tuple[int, int], ratio: float, focal: tuple[float, float]
) -> None:
    left, top, right, bottom = crop_box(size, ratio, focal)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left == size[0] or bottom - top == size[1]
    assert abs((right - left) - (bottom - top) * ratio) <= max(1, ratio)
    assert left - 1 <= size[0] * focal[0] <= right + 1
    assert top - 1 <= size[1] * focal[1] <= bottom + 1
