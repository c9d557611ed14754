import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A user pool as Cognito's API shows it: SRP with its group of 3072 bits (RFC 5054) and its derivation of the
 * key, written from the protocol and not with the library that the command uses. It knows the password's
 * verifier alone, as Cognito does: who signs in without knowing the password fails.
 */
export interface FakeUserPool {
  readonly url: string;
  readonly poolId: string;
  readonly clientId: string;
  /** Names of the calls, in order, and whole bodies: what travelled. */
  readonly calls: readonly { readonly name: string; readonly body: string }[];
  /** What the next sign-in is asked for besides the password. */
  challenges: Challenge[];
  close(): Promise<void>;
}

type Challenge = "NEW_PASSWORD_REQUIRED" | "SOFTWARE_TOKEN_MFA" | "MFA_SETUP" | "SMS_MFA";
type Body = Record<string, any>;

const N = BigInt(
  `0x${[
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
  ].join("")}`,
);
const g = 2n;

/** Hexadecimal of even length, with a zero byte in front where the number would else be negative. */
function padded(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}
const sha256 = (data: Buffer): Buffer => createHash("sha256").update(data).digest();
const hashOf = (...hex: string[]): bigint =>
  BigInt(`0x${sha256(Buffer.from(hex.join(""), "hex")).toString("hex")}`);
function power(base: bigint, exponent: bigint): bigint {
  let [result, square, rest] = [1n, base % N, exponent];
  for (; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
const random = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString("hex")}`);

class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}
const wrongPassword = (): Refusal =>
  new Refusal("NotAuthorizedException", "Incorrect username or password.");

export async function startFakeUserPool(user: {
  username: string;
  password: string;
  accessToken: string;
  renewedToken?: string;
}): Promise<FakeUserPool> {
  const [poolId, clientId, userId] = ["eu-central-1_AbCdEf123", "1example23456789", "user-1"];
  const calls: { name: string; body: string }[] = [];
  const salt = random(16);
  const verifierOf = (password: string): bigint => {
    const identity = sha256(Buffer.from(`AbCdEf123${userId}:${password}`)).toString("hex");
    return power(g, hashOf(padded(salt), identity));
  };
  const verifier = verifierOf(user.password);
  const k = hashOf(padded(N), padded(g));
  let open: { A: bigint; b: bigint; B: bigint; block: string } | undefined;
  let revoked = false;

  const pool: { challenges: Challenge[] } = { challenges: [] };
  const proceed = (): Body => {
    const [ChallengeName] = pool.challenges;
    return ChallengeName === undefined
      ? { AuthenticationResult: { AccessToken: user.accessToken, RefreshToken: "refresh-1" } }
      : {
          ChallengeName,
          Session: `session-of-${ChallengeName}`,
          ChallengeParameters: { USER_ID_FOR_SRP: userId },
        };
  };
  const solved = (): Body => {
    pool.challenges = pool.challenges.slice(1);
    return proceed();
  };

  const operations: Record<string, (body: Body) => Body> = {
    InitiateAuth: ({ AuthFlow, AuthParameters, ClientId }) => {
      if (ClientId !== clientId) throw new Refusal("ResourceNotFoundException", "No such client.");
      if (AuthFlow === "REFRESH_TOKEN_AUTH") {
        if (revoked || AuthParameters.REFRESH_TOKEN !== "refresh-1") {
          throw new Refusal("NotAuthorizedException", "Refresh Token has been revoked");
        }
        // Without rotation Cognito gives no new refresh token.
        return { AuthenticationResult: { AccessToken: user.renewedToken } };
      }
      if (AuthFlow !== "USER_SRP_AUTH") {
        throw new Refusal("InvalidParameterException", `${AuthFlow} flow not enabled`);
      }
      if (AuthParameters.USERNAME !== user.username) throw wrongPassword();
      const b = random(128);
      const A = BigInt(`0x${AuthParameters.SRP_A}`);
      const B = (k * verifier + power(g, b)) % N;
      open = { A, b, B, block: randomBytes(64).toString("base64") };
      return {
        ChallengeName: "PASSWORD_VERIFIER",
        ChallengeParameters: {
          USER_ID_FOR_SRP: userId,
          USERNAME: userId,
          SALT: salt.toString(16),
          SRP_B: B.toString(16),
          SECRET_BLOCK: open.block,
        },
      };
    },
    RespondToAuthChallenge: ({ ChallengeName, ChallengeResponses: answers, Session }) => {
      if (answers.USERNAME !== userId) throw new Refusal("UserNotFoundException", "No such user.");
      if (ChallengeName === "PASSWORD_VERIFIER") {
        if (open === undefined) throw wrongPassword();
        const { A, b, B, block } = open;
        const u = hashOf(padded(A), padded(B));
        const S = power(A * power(verifier, u), b);
        const key = Buffer.from(
          hkdfSync(
            "sha256",
            Buffer.from(padded(S), "hex"),
            Buffer.from(padded(u), "hex"),
            "Caldera Derived Key",
            16,
          ),
        );
        const text = Buffer.concat([
          Buffer.from(`AbCdEf123${userId}`),
          Buffer.from(block, "base64"),
          Buffer.from(answers.TIMESTAMP),
        ]);
        const signature = createHmac("sha256", key).update(text).digest("base64");
        const timely = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/;
        if (
          answers.PASSWORD_CLAIM_SIGNATURE !== signature ||
          answers.PASSWORD_CLAIM_SECRET_BLOCK !== block ||
          !timely.test(answers.TIMESTAMP)
        ) {
          throw wrongPassword();
        }
        return proceed();
      }
      if (ChallengeName !== pool.challenges[0]) throw wrongPassword();
      const expected =
        ChallengeName === "MFA_SETUP" ? "session-verified" : `session-of-${ChallengeName}`;
      if (Session !== expected) throw new Refusal("NotAuthorizedException", "Invalid session.");
      if (ChallengeName === "NEW_PASSWORD_REQUIRED" && answers.NEW_PASSWORD.length < 12) {
        throw new Refusal("InvalidPasswordException", "Password not long enough.");
      }
      if (ChallengeName === "SOFTWARE_TOKEN_MFA" && answers.SOFTWARE_TOKEN_MFA_CODE !== "123456") {
        throw new Refusal("CodeMismatchException", "Invalid code received for user");
      }
      return solved();
    },
    AssociateSoftwareToken: () => ({ SecretCode: "SECRET", Session: "session-associated" }),
    VerifySoftwareToken: ({ Session, UserCode }) => {
      if (Session !== "session-associated" || UserCode !== "123456") {
        throw new Refusal("EnableSoftwareTokenMFAException", "Code mismatch");
      }
      return { Status: "SUCCESS", Session: "session-verified" };
    },
    RevokeToken: () => {
      revoked = true;
      return {};
    },
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString();
      const name = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      calls.push({ name, body });
      const answer = (status: number, content: Body): void => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(content));
      };
      try {
        const operation = operations[name];
        if (operation === undefined) throw new Refusal("UnknownOperationException", name);
        answer(200, operation(JSON.parse(body) as Body));
      } catch (error) {
        if (error instanceof Refusal) {
          answer(400, { __type: error.type, message: error.message });
        } else {
          answer(500, { __type: "InternalErrorException", message: String(error) });
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(pool, {
    ...{ url: `http://127.0.0.1:${port}`, poolId, clientId, calls },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
