import { createConfig, lint } from "@redocly/openapi-core";

// The server's address is the reader's own; everything else that is recommended is required.
const config = await createConfig({
  extends: ["recommended-strict"],
  rules: { "no-server-example.com": "off" },
});
const found = await lint({ ref: process.argv[2], config });
console.log(
  JSON.stringify(
    found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ),
);
