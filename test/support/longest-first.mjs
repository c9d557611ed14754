import Sequencer from "@jest/test-sequencer";

/** Folders of tests whose files start a whole system: they take longest, and wait for a third of their time. */
const wholeSystem = ["browser", "e2e"];
/** Folders of tests whose files calculate, from those that take longest to those that take least. */
const calculating = ["infra", "integration", "unit"];

const isOf = (folder) => (test) => test.path.includes(`/test/${folder}/`);

/**
 * Begins with what takes long, so that no processor is idle while the last file goes on, and lets files that calculate
 * run beside those that wait. Jest itself goes by what files took last time, and in a fresh clone by their sizes; those
 * of a file that is made of parts tell nothing.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const of = (folders) => folders.flatMap((folder) => sorted.filter(isOf(folder)));
    const waiting = of(wholeSystem);
    const others = of(calculating);
    const unit = others.filter(isOf("unit"));
    const between = others.slice(0, others.length - unit.length);
    const each = Math.ceil(between.length / Math.max(1, waiting.length));
    const mixed = waiting.flatMap((test, index) => [
      test,
      ...between.slice(index * each, (index + 1) * each),
    ]);
    const rest = waiting.length === 0 ? between : [];
    const known = new Set([...mixed, ...rest, ...unit]);
    return [...mixed, ...rest, ...unit, ...sorted.filter((test) => !known.has(test))];
  }
}
