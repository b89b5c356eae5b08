"""`python -m drawing`: draws the course's pictures, or previews of them."""

import argparse
import sys
from pathlib import Path

from PIL import Image

from drawing import seeing
from drawing.checking import find_problems
from drawing.painting import encode_png, paint
from drawing.pictures import PICTURES

FOLDER = Path(__file__).parents[1] / "course" / "pictures"


def main() -> int:
    """Run the command line; return the number of problems with the pictures."""
    parser = argparse.ArgumentParser(prog="python -m drawing", description=__doc__)
    parser.add_argument("names", nargs="*", help="which, such as m1; all if none is named")
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder to write to")
    parser.add_argument(
        "--views", action="store_true", help="also write each as others see it, and as on a phone"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(PICTURES):
        parser.error(
            f"no picture is called {', '.join(sorted(unknown))}; known: {', '.join(PICTURES)}"
        )
    chosen.to.mkdir(parents=True, exist_ok=True)
    return sum(_draw(name, chosen.to, views=chosen.views) for name in chosen.names or PICTURES)


def _draw(name: str, folder: Path, *, views: bool) -> int:
    """Draw one picture, and print its size and its problems."""
    sheet = PICTURES[name]()
    painting = paint(sheet)
    file = folder / f"{name}.png"
    file.write_bytes(encode_png(painting.image))
    print(f"{file.name}: {sheet.height} pixels high, {file.stat().st_size:,} bytes")
    if views:
        _views(name, folder)
    found = find_problems(sheet, painting)
    for problem in found:
        print(f"  {problem}", file=sys.stderr)
    return len(found)


def _views(name: str, folder: Path) -> None:
    with Image.open(folder / f"{name}.png") as image:
        seeing.scale_to_phone(image).save(folder / f"{name}-phone.png")
        for kind, matrix in seeing.VISION_MATRICES.items():
            seeing.simulate_vision(image, matrix).save(folder / f"{name}-{kind}.png")


if __name__ == "__main__":
    sys.exit(min(main(), 1))
