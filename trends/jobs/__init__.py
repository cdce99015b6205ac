"""What happens outside of requests: handlers of jobs, and the worker that runs them."""

from . import account_mail, keeping, mail, purging, sessions

__all__ = ["account_mail", "keeping", "mail", "purging", "sessions"]
