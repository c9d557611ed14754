/** Account, region and key of the embedded AWS; they identify nobody. */
export const localRegion = "us-east-1";
export const localAccountId = "000000000000";
export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;
