"""The entry of WSGI servers. `manage.py serve` enters through newsroom.worker."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_django = get_wsgi_application()

# The apps must be ready before anything of the site can be imported.
from trends.public.store import in_front_of  # noqa: E402

application = in_front_of(_django)
