"""The checker finds each fault in plans of a drawn map: four squares in a row, of which each weighs 5 and a lot needs 10."""

import unittest

from check import judge
from instances import Instance

ROW = Instance(
    name="row",
    scenario="",
    settings=[],
    units=["A", "B", "C", "D"],
    weights=[5, 5, 5, 5],
    floor=10,
    edges=[(0, 1), (1, 2), (2, 3)],
    points=[(0.0, 0.0)] * 4,
)


class TheChecker(unittest.TestCase):
    def test_passes_two_halves_and_counts_the_pair_that_they_cut(self) -> None:
        verdict = judge(ROW, [1, 1, 2, 2])
        self.assertEqual((verdict.lots, verdict.faults), (2, []))
        self.assertAlmostEqual(verdict.cut_share, 1 / 3)

    def test_names_a_lot_in_pieces(self) -> None:
        self.assertEqual(judge(ROW, [1, 2, 2, 1]).faults, ["lot 1 is in pieces"])

    def test_names_a_lot_below_the_floor(self) -> None:
        self.assertEqual(judge(ROW, [1, 2, 2, 2]).faults, ["lot 1 weighs 5, less than 10"])

    def test_names_a_unit_in_no_lot(self) -> None:
        self.assertEqual(judge(ROW, [1, 1, 1, None]).faults, ["D is in no lot"])

    def test_names_a_plan_that_is_too_short(self) -> None:
        self.assertEqual(judge(ROW, [1, 1]).faults[0], "2 labels for 4 units")


if __name__ == "__main__":
    unittest.main()
