import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { isIP } from "node:net";
import { isIpAddress } from "../../../../../shared/domain/profiles/ip-address";

it.each([
  "192.0.2.7",
  "0.0.0.0",
  "255.255.255.255",
  "::",
  "::1",
  "2001:DB8::7",
  "1:2:3:4:5:6:7::",
  "::ffff:192.0.2.7",
  "1:2:3:4:5:6:192.0.2.7",
])("takes %s for an address", (text) => {
  expect(isIpAddress(text)).toBe(true);
});

it.each([
  ...["", "localhost", "192.0.2", "192.0.2.256", "192.0.02.7", "192.0.2.7.1", "192.0.2.7\n"],
  ...[":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::"],
  ...["12345::", "g::", "fe80::1%eth0", "192.0.2.7::", "1:2:3:4:5:6:7:192.0.2.7", ":1::"],
])("takes %j for none", (text) => {
  expect(isIpAddress(text)).toBe(false);
});

it("judges as Node does, but for zones, which it never takes", () => {
  const part = fc.oneof(
    fc.constantFrom("", "0", "00", "1", "255", "256", "ffff", "FFFFF", "g", "192.0.2.7", "::"),
    fc.integer({ min: 0, max: 300 }).map(String),
  );
  const text = fc
    .tuple(fc.array(part, { maxLength: 10 }), fc.constantFrom(":", ".", "::"))
    .map(([parts, mark]) => parts.join(mark));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.ipV4(),
        fc.ipV6(),
        fc.string({ unit: fc.constantFrom("0", "a", "f", ":", ".", "%") }),
      ),
      (address) => {
        expect(isIpAddress(address)).toBe(isIP(address) !== 0 && !address.includes("%"));
      },
    ),
  );
});
