"""Where the crops lie."""

Box = tuple[int, int, int, int]
Point = tuple[float, float]  # fractions, (0, 0) = left top
Size = tuple[int, int]


def crop_box(size: Size, ratio: float, focal: Point) -> Box:
    """The largest box (left, top, right, bottom) of a ratio, as near round the focal point as
    the picture's edges allow."""
    width, height = size
    wide = min(width, max(1, round(height * ratio)))
    high = min(height, max(1, round(width / ratio)))
    return placed(size, (wide, high), focal)


def placed(size: Size, box: Size, focal: Point) -> Box:
    """A box of a given size within a picture, as near round the focal point as its edges allow."""
    x, y = (min(1.0, max(0.0, fraction)) for fraction in focal)
    left = min(max(0, round(size[0] * x - box[0] / 2)), size[0] - box[0])
    top = min(max(0, round(size[1] * y - box[1] / 2)), size[1] - box[1])
    return left, top, left + box[0], top + box[1]
