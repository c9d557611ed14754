import { expect, test } from "@jest/globals";
import {
  rememberRefresh,
  type DescribedRefresh,
} from "../../../../../shared/domain/segments/refresh-history";

const onDay = (day: number, rows = day): DescribedRefresh => ({
  refreshedAt: `2026-11-${String(day).padStart(2, "0")}T08:00:00.000Z`,
  rows,
});

test("the last ten refreshes are remembered, newest first, in whatever order they were described", () => {
  const days = [3, 12, 1, 7, 2, 11, 5, 9, 4, 10, 8, 6];
  const remembered = days.reduce<readonly DescribedRefresh[]>(
    (before, day) => rememberRefresh(before, onDay(day)),
    [],
  );
  expect(remembered.map(({ rows }) => rows)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
});

test("a refresh that is described again is remembered once, as it was found last", () => {
  expect(rememberRefresh([onDay(2), onDay(1)], onDay(1, 7))).toEqual([onDay(2), onDay(1, 7)]);
});
