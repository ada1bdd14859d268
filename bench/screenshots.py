"""The pictures of the README, taken from the real dashboard."""

from browser import ROOT, chromium, opened, served

FOLDER = ROOT / "data" / "screenshots"
PICTURES = {
    "story": {"viewport": {"width": 1400, "height": 1750}, "color_scheme": "light"},
    "story-dark": {"viewport": {"width": 1400, "height": 1000}, "color_scheme": "dark"},
    "story-phone": {"viewport": {"width": 360, "height": 1400}, "color_scheme": "light"},
}


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with served() as port, chromium() as browser:
        for name, look in PICTURES.items():
            page = opened(browser, f"http://localhost:{port}/", **look)
            page.wait_for_timeout(2000)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
