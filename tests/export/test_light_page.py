"""A light page: it holds all that it needs, and may ask nobody."""

import base64
import hashlib
import re

from contested.export import light_page

SCRIPT = "document.title = 'ready';"


def test_the_one_script_of_a_page_is_the_one_that_its_policy_names():
    made = light_page.page("The toll", "<h1>The toll</h1>", script=SCRIPT)

    [script] = re.findall(r"<script>(.*?)</script>", made.html)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in made.policy


def test_a_page_without_a_script_may_run_none_and_ask_nobody():
    made = light_page.page("The toll", "<h1>The toll</h1>")

    assert {"script-src 'none'", "connect-src 'none'", "default-src 'none'"} <= set(made.policy.split("; "))
    assert "<script" not in made.html


def test_a_title_from_data_is_a_title_whatever_it_holds():
    made = light_page.page("</title><script>1</script>", "")

    assert "&lt;/title&gt;" in made.html
    assert "<script" not in made.html


def test_a_page_is_light_and_dark_and_has_its_font_within():
    made = light_page.page("The toll", "", font=b"wOF2")

    assert "--ink:light-dark(" in made.html
    assert "url(data:font/woff2;base64,d09GMg==)" in made.html
    assert not re.findall(r"https?://", made.html)
