"""What an editor writes as a licence, and where it leads."""

import pytest

from trends.licences import Licence, read

BY = "https://creativecommons.org/licenses"
ZERO = "https://creativecommons.org/publicdomain"


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("CC BY-SA 3.0", f"{BY}/by-sa/3.0/"),
        ("cc-by-4.0", f"{BY}/by/4.0/"),
        ("CC BY-NC-ND 2.5", f"{BY}/by-nc-nd/2.5/"),
        ("CC BY_SA 4.0 International", f"{BY}/by-sa/4.0/"),
        ("CC BY 3.0 DE", f"{BY}/by/3.0/de/"),
        ("CC  BY-SA 3.0 Unported", f"{BY}/by-sa/3.0/"),
        ("Creative Commons Attribution 4.0", f"{BY}/by/4.0/"),
        ("Creative Commons Attribution-ShareAlike 4.0 International", f"{BY}/by-sa/4.0/"),
        ("Creative Commons Attribution NonCommercial 4.0", f"{BY}/by-nc/4.0/"),
        ("CC0", f"{ZERO}/zero/1.0/"),
        ("CC0 1.0", f"{ZERO}/zero/1.0/"),
        ("CC0 1.0 Universal", f"{ZERO}/zero/1.0/"),
        ("Public Domain Mark 1.0", f"{ZERO}/mark/1.0/"),
    ],
)
def test_a_creative_commons_licence_leads_to_its_deed(written: str, url: str) -> None:
    assert read(written) == Licence(" ".join(written.split()), url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"{BY}/by-sa/4.0/", "CC BY-SA 4.0"),
        (f"{BY}/by/3.0/de/deed.de", "CC BY 3.0 DE"),
        (f"{BY}/by/4.0/legalcode", "CC BY 4.0"),
        (f"{ZERO}/zero/1.0/", "CC0 1.0"),
        ("https://www.example.org/terms?of=use", "example.org"),
    ],
)
def test_an_address_is_named(url: str, words: str) -> None:
    assert read(url) == Licence(words, url)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "All rights reserved",
        "CC BY",  # which version?
        "CC BY-SA 9.0",
        "CC BY-XX 4.0",
        "CC BY 4.0 with changes",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://[",
        'https://example.org/"><script>',
        "see https://example.org/",
    ],
)
def test_other_words_lead_nowhere(written: str) -> None:
    assert read(written) == Licence(written, "")
