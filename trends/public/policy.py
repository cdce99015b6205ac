"""What browsers and caches are told of public responses."""

from . import styles

# A revalidation costs next to nothing here; a stale page costs trust.
REVALIDATED = "public, max-age=0, must-revalidate"
# The file name changes with the content.
FOR_EVER = "public, max-age=31536000, immutable"
PRIVATE = "no-store"


def csp() -> str:
    """No script at all, one style sheet known by its hash, pictures of our own."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'none'",
            f"style-src {styles.csp_source()}",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ]
    )
