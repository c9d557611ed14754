import { describe, expect, it } from "@jest/globals";
import type { PreviewAnswer } from "../../../../../infra/cli/api/answers";
import type { CommandContext } from "../../../../../infra/cli/command-context";
import { reconciliationConfirmed } from "../../../../../infra/cli/guided/confirm-reconciliation";

/** A person at a terminal who answers so, or nobody. */
function aTerminal(answer?: boolean) {
  const said: string[] = [];
  const terminal = {
    interactive: answer !== undefined,
    note: (text: string) => said.push(text),
    prompts: {
      confirm: async ({ message }: { message: string }) => {
        said.push(message);
        return answer;
      },
    },
  };
  return { context: { terminal } as unknown as Pick<CommandContext, "terminal">, said };
}

const aPreview = (overrides: object = {}): PreviewAnswer =>
  ({
    numbers: { leaving: 1_200 },
    leavers: ["a@example.org", "b@example.org"],
    warnings: [{ code: "othersRemoved" }],
    ...overrides,
  }) as unknown as PreviewAnswer;

describe("starting a reconciliation at a terminal", () => {
  const options = { allowMassRemoval: false };

  it("tells how many would leave and who the first are, and asks", async () => {
    const { context, said } = aTerminal(true);
    const agreed = reconciliationConfirmed(context, "News", async () => aPreview(), options);
    expect(await agreed).toBe(true);
    expect(said.join("\n")).toContain("a@example.org");
    expect(said.join("\n")).toContain("and 1,198 more");
    expect(said.at(-1)).toBe("Start the run, and take 1,200 profiles off the list?");
  });

  it("says when that is the least, and what would stop the run", async () => {
    const { context, said } = aTerminal(false);
    const stop = { code: "removalGuard", message: "More than 30 % would go." };
    const warnings = [{ code: "leavingUnknown" }];
    const look = async () => aPreview({ stop, warnings });
    expect(await reconciliationConfirmed(context, "News", look, options)).toBe(false);
    expect(said.join("\n")).toContain("At least 1,200 profiles");
    expect(said.join("\n")).toContain("More than 30 % would go.");
    const told = aTerminal(false);
    await reconciliationConfirmed(told.context, "News", look, { allowMassRemoval: true });
    expect(told.said.join("\n")).not.toContain("30 %");
  });

  it("does not look when it is told yes, and refuses when nobody can be asked", async () => {
    const look = async (): Promise<PreviewAnswer> => {
      throw new Error("it looked");
    };
    const { context } = aTerminal();
    const yes = reconciliationConfirmed(context, "News", look, { ...options, yes: true });
    expect(await yes).toBe(true);
    await expect(reconciliationConfirmed(context, "News", look, options)).rejects.toThrow("--yes");
  });
});
