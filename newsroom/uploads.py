"""Where an upload waits until it is looked at: in memory, a larger one in a file without a name.

Such a file is gone with its process, even a killed one. Django's own handlers give it a name, and
take as many bytes as anybody sends.
"""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from trends.renditions import MAX_BYTES

IN_MEMORY = 1024 * 1024


class Lost:
    """Stands for an upload that the disk had no room for: reading it tells."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def read(self, size: int = -1) -> bytes:
        raise self.error

    def seek(self, *_: int) -> int:
        return 0

    def close(self) -> None:
        pass


class UploadHandler(FileUploadHandler):
    """Keeps no more than one byte over what the library takes; `size` is that of all bytes sent."""

    file: Any  # a binary file, or Lost

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed with the request)
        self.room = MAX_BYTES + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept, self.room = raw_data[: self.room], max(0, self.room - len(raw_data))
        if isinstance(self.file, Lost):
            return
        try:
            self.file.write(kept)
        except OSError as error:
            self.file.close()
            self.file = Lost(error)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
