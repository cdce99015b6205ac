#!/usr/bin/env python
"""Django's commands for this site."""

import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as refusal:
        sys.exit(f"This site does not start. {refusal}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
