"""Files of pictures as browsers send them, and forms of pictures as browsers post them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from tests.admin.forms import posted
from trends.models import Image

LIBRARY = "/admin/trends/image/"
UPLOAD = f"{LIBRARY}upload/"
ADD = f"{LIBRARY}add/"


def a_file(
    name: str = "robot.png", *, size: tuple[int, int] = (64, 48), colour: str = "teal"
) -> SimpleUploadedFile:
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def stored(**fields: Any) -> Image:
    """A picture with real files; `colour` makes another one of it."""
    data = a_file(colour=fields.pop("colour", "teal")).read()
    image: Image = Image.objects.ingest(data, **{"name": "robot.png"} | fields)
    return image


def on_record(**fields: Any) -> Image:
    """A picture without files: what counts is what is said about it."""
    words = {"alt_text": "A pump house", "caption": "By the harbour", "credit": "Ida Holm"}
    sizes = {"width": 2000, "height": 1500}
    image: Image = Image.objects.create(**{"file": "master.jpg"} | sizes | words | fields)
    return image


def page_of(image: Image, page: str = "change") -> str:
    return f"{LIBRARY}{image.pk}/{page}/"


def form_of(client: Any, image: Image, **changes: Any) -> dict[str, Any]:
    """What the open form would post."""
    return posted(client.get(page_of(image)), **changes)


def save(client: Any, image: Image, **changes: Any) -> Any:
    return client.post(page_of(image), form_of(client, image, **changes))


def errors_of(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context_data["adminform"].form.errors)
