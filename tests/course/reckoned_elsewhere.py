"""Answers to questions, and what scipy 1.17.1 and numpy say of them.

With each: how people stood, whether they were right, and how many of these. The discrimination is
`scipy.stats.pointbiserialr`, the facility 100 times `numpy.mean`, over the rows written out one by
one. The first is the worked example of scipy's own page of `pointbiserialr`, five times over. The
library is not needed to run the tests: its results stand here.
"""

Rows = list[tuple[int, bool, int]]

FIRST = [(s, s > 2, 5) for s in range(7)]
STEEP = [
    (10, True, 12), (9, True, 10), (8, False, 3), (7, True, 6), (5, False, 9), (3, False, 4),
    (2, True, 1),
]  # fmt: skip
TURNED = [
    (9, False, 11), (8, False, 6), (7, True, 4), (4, True, 9), (3, True, 5), (1, False, 2),
]  # fmt: skip
FLAT = [(6, True, 10), (6, False, 10), (5, True, 7), (5, False, 8), (8, True, 3), (8, False, 3)]
RARE = [
    (10, True, 1), (9, False, 14), (8, False, 25), (7, True, 2), (6, False, 30), (2, False, 8),
]  # fmt: skip
EASY = [
    (10, True, 40), (8, True, 33), (7, False, 2), (6, True, 15), (3, False, 6), (0, False, 1),
]  # fmt: skip

RECKONED: list[tuple[Rows, float, float]] = [
    (FIRST, 0.8660254037844386, 57.14285714285714),
    (STEEP, 0.7261944078779201, 64.44444444444444),
    (TURNED, -0.6548571687496816, 48.64864864864865),
    (FLAT, 0.023250398110121126, 48.78048780487805),
    (RARE, 0.11641047634345056, 3.75),
    (EASY, 0.6867724416289698, 90.72164948453609),
]
"""The rows, their discrimination and their facility in percent."""
