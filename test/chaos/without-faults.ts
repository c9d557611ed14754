/** What can have faults, which are replaced by others or by none. */
export interface Faulty {
  readonly klaviyo: { setFaults(faults: object): void };
  readonly aws: { set(faults: object): void };
}

/** Does something under faults. However it ends, no fault is on afterwards. */
export async function faultlessAfter<Result>(
  { klaviyo, aws }: Faulty,
  work: (clear: () => void) => Promise<Result>,
): Promise<Result> {
  const clear = (): void => {
    klaviyo.setFaults({});
    aws.set({});
  };
  try {
    return await work(clear);
  } finally {
    clear();
  }
}
