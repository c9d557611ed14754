import Sequencer from "@jest/test-sequencer";

/** Folders of tests, from those whose files take longest to those whose files take least. */
const folders = ["browser", "e2e", "infra", "integration", "unit"];
const rankOf = ({ path }) => folders.findIndex((folder) => path.includes(`/test/${folder}/`));

/**
 * Begins with what takes long, so that no processor is idle while the last file goes on. Jest itself goes by what
 * files took last time, and in a fresh clone by their sizes; those of a file that is made of parts tell nothing.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((left, right) => rankOf(left) - rankOf(right));
  }
}
