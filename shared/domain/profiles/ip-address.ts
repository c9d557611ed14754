/** Of an address of eight groups of 16 bits; an IPv4 address at its end stands for two. */
const GROUPS = 8;

const BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const GROUP = /^[\da-f]{1,4}$/i;

/** Whether a text is an IPv4 or an IPv6 address, without a zone. */
export function isIpAddress(text: string): boolean {
  return IPV4.test(text) || isIpv6(text);
}

function isIpv6(text: string): boolean {
  const [start = "", end, ...more] = text.split("::");
  if (more.length > 0) {
    return false;
  }
  if (end === undefined) {
    return countGroups(start, true) === GROUPS;
  }
  // Two colons stand for one group at least.
  return countGroups(start, false) + countGroups(end, true) < GROUPS;
}

/** Infinite when one of them is none. */
function countGroups(text: string, endsAddress: boolean): number {
  if (text === "") {
    return 0;
  }
  const groups = text.split(":");
  return groups.reduce((sum, group, index) => {
    if (GROUP.test(group)) {
      return sum + 1;
    }
    return endsAddress && index === groups.length - 1 && IPV4.test(group) ? sum + 2 : Infinity;
  }, 0);
}
