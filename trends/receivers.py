"""What follows from changes of accounts, whoever makes them, and from migrations."""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.models import Group, User
from django.db import connections
from django.db.models.signals import m2m_changed, post_migrate, post_save, pre_save
from django.dispatch import receiver

from .models import by_trigger, invalidation, search_index
from .models.sessions import end_sessions

WATCHED = ("password", "is_active", "is_staff", "is_superuser")
WITHDRAWN = ("post_remove", "post_clear")


@receiver(pre_save, sender=User)
def see_what_changes(instance: Any, update_fields: Any = None, **_: Any) -> None:
    instance.ends_sessions = False
    if instance.pk and (update_fields is None or set(WATCHED) & set(update_fields)):
        before = User.objects.filter(pk=instance.pk).values(*WATCHED).first()
        instance.ends_sessions = before is not None and is_less(before, instance)


def is_less(before: dict[str, Any], user: User) -> bool:
    """Another password, or something that the account could be is taken away."""
    lost = any(before[name] and not getattr(user, name) for name in WATCHED[1:])
    return lost or before["password"] != user.password


@receiver(post_save, sender=User)
def end_when_less(instance: Any, **_: Any) -> None:
    if instance.ends_sessions:
        end_sessions(instance)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def end_without_role(instance: Any, action: str, pk_set: Any, **_: Any) -> None:
    """A role or a permission is withdrawn, from either side."""
    if action not in WITHDRAWN:
        return
    if isinstance(instance, User):
        end_sessions(instance)
    elif isinstance(instance, Group):
        for user in User.objects.filter(pk__in=pk_set or ()):
            end_sessions(user)


@receiver(post_migrate)
def keep_the_search_index(
    sender: Any, using: str, verbosity: int, apps: Any = installed, **_: Any
) -> None:
    """The index is made when it is missing or of an older version, and when a migration made the
    table of editions anew: SQLite then drops its triggers."""
    if sender.name != "trends" or "searchrow" not in apps.all_models["trends"]:
        return
    if search_index.install(connections[using]) and verbosity:
        print("  The search index was made anew.")


@receiver(post_migrate)
def keep_noting_changes(sender: Any, using: str, verbosity: int, **_: Any) -> None:
    """The same for the triggers by which the page store knows that something changed."""
    connection = connections[using]
    if sender.name != "trends" or not by_trigger.is_migrated(connection, invalidation.SINCE):
        return
    if invalidation.install(connection) and verbosity:
        print("  The triggers that note changes were made anew.")
