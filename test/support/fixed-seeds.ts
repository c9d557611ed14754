import fc from "fast-check";

/**
 * Property tests draw the same every time, unless FC_SEED says from which number else; where a property fails,
 * fast-check prints its seed and path.
 */
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 20_261_126) });
