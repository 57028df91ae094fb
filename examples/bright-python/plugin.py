"""A siltstone plugin in Python: one box around what is nearly white.

siltstone starts it in this folder, as manifest.json says, and tells it of each frame by one line of JSON on stdin.
It answers each with one line of JSON on stdout. What goes to stderr is shown where it fails. Needs nothing but Python 3.
"""

import json
import sys

STEP = 8  # px between the points that are looked at
WHITE = 200  # of 255


def find_bright(rgba, width, height):
    """The box around the white points, as rows of x1, y1, x2, y2, score, class; none where nothing is white."""
    points = [
        (x, y)
        for y in range(0, height, STEP)
        for x in range(0, width, STEP)
        if min(rgba[(y * width + x) * 4 : (y * width + x) * 4 + 3]) >= WHITE
    ]
    if not points:
        return []
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    box = [min(xs), min(ys), min(max(xs) + STEP, width), min(max(ys) + STEP, height)]
    share = len(points) / (len(range(0, width, STEP)) * len(range(0, height, STEP)))
    return [[*box, round(share, 4), 0]]


def main():
    for line in sys.stdin:
        told = json.loads(line)
        with open(told["path"], "rb") as file:
            rgba = file.read()
        payload = find_bright(rgba, told["width"], told["height"])
        print(json.dumps({"frame": told["frame"], "payload": payload}), flush=True)


main()
