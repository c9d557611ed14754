import { config } from "zod";

// zod tries whether it may compile schemas, which the page's policy forbids and reports. It is told before there is any
// schema, so all else is loaded after.
config({ jitless: true });
void import("./main");
