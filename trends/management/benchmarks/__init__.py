"""What `manage.py bench` measures; each side runs in a process of its own."""
