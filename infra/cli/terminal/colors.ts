import type pc from "picocolors";

/** Colours for a stream: those of picocolors, or none where the stream shows none. */
export type Colors = ReturnType<typeof pc.createColors>;
