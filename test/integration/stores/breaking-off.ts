import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A client that breaks off at its n-th call, before or after the call is done. */
export function breakingOff(
  client: DynamoDBDocumentClient,
  at: number,
  when: "before" | "after",
): DynamoDBDocumentClient {
  let calls = 0;
  const send = async (command: never): Promise<unknown> => {
    calls += 1;
    if (calls > at || (calls === at && when === "before")) {
      throw new Error("broke off");
    }
    const answer = await client.send(command);
    if (calls === at) {
      throw new Error("broke off");
    }
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}
