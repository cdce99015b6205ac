"""The name over the desk."""

from django.conf import settings
from django.contrib import admin

admin.site.site_header = settings.NEWSROOM_NAME
admin.site.site_title = f"{settings.NEWSROOM_NAME} desk"
admin.site.index_title = "Desk"
# The sections of a piece need the width; templates/admin/base_site.html has the links.
admin.site.enable_nav_sidebar = False
