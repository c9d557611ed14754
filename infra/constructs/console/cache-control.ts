/** How long browsers and CloudFront keep the console's files. */
export const cacheControl = {
  /** Files below `/assets`, whose names change with their contents. */
  asset: "public, max-age=31536000, immutable",
  /** `index.html`, `config.json` and all else: asked for each time, and sent only when changed. */
  page: "no-cache",
} as const;
