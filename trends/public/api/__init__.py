"""The read-only JSON API: what pages say, as data. docs/api.md; OpenAPI at /api/v1/openapi.json."""
