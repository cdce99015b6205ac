"""The secret key of a machine of one's own: made once, kept in a file."""

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile


def secret_key(path: Path) -> str:
    """The key in `path`. Two processes that start together must end with the same one, so the
    whole file appears at once and the first wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def write_once(path: Path, content: str) -> None:
    # NamedTemporaryFile gives mode 0600.
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as draft:
        draft.write(content + "\n")
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, path)
        except FileExistsError:
            pass
