"""The only place that asks which Django it is: 5.2 LTS or 6.1."""

import django

DJANGO_6 = django.VERSION >= (6, 0)
