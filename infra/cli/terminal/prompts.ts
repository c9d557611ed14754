import { Failure } from "../failure";
import { paragraph } from "../output/words";

export interface Choice<Value> {
  readonly name: string;
  readonly value: Value;
  readonly description?: string;
  /** What stands there once it has been chosen. @default the name */
  readonly short?: string;
  /** Of several: chosen already, unless the person takes it out. */
  readonly checked?: boolean;
}

type Validation = (answer: string) => true | string | Promise<true | string>;

/** What a person can be asked. */
export interface Prompts {
  text(question: {
    message: string;
    default?: string | undefined;
    validate?: Validation;
  }): Promise<string>;
  /** What is typed is not shown. */
  secret(question: { message: string; validate?: Validation }): Promise<string>;
  confirm(question: { message: string; default: boolean }): Promise<boolean>;
  choose<Value>(question: {
    message: string;
    choices: readonly Choice<Value>[];
    default?: Value;
  }): Promise<Value>;
  chooseSeveral<Value>(question: {
    message: string;
    choices: readonly Choice<Value>[];
    /** Whether there must be at least one. */
    required: boolean;
  }): Promise<Value[]>;
  /** Choices that are looked up while the person types. */
  search<Value>(question: {
    message: string;
    source: (term: string) => Promise<readonly Choice<Value>[]>;
  }): Promise<Value>;
}

/** Questions appear on standard error, so that standard output holds nothing but the result. */
const context = { output: process.stderr };
const pageSize = 12;

/** Loaded when the first question is asked: most commands ask none. */
const inquirer = () => import("@inquirer/prompts");

export const inquirerPrompts: Prompts = {
  text: async (question) =>
    answered(async () => (await inquirer()).input(fitted(question), context)),
  secret: async (question) =>
    answered(async () => (await inquirer()).password({ ...fitted(question), mask: "*" }, context)),
  confirm: async (question) =>
    answered(async () => (await inquirer()).confirm(fitted(question), context)),
  choose: async ({ choices, ...question }) =>
    answered(async () =>
      (await inquirer()).select({ ...fitted(question), choices: [...choices], pageSize }, context),
    ),
  chooseSeveral: async ({ choices, ...question }) =>
    answered(async () =>
      (await inquirer()).checkbox(
        { ...fitted(question), choices: [...choices], pageSize },
        context,
      ),
    ),
  search: async ({ source, ...question }) =>
    answered(async () =>
      (await inquirer()).search(
        { ...fitted(question), pageSize, source: async (term = "") => source(term) },
        context,
      ),
    ),
};

/** The mark that stands before a question. */
const MARK_WIDTH = 2;

/** The question with its lines broken between words: the library breaks them anywhere. */
function fitted<Question extends { readonly message: string }>(question: Question): Question {
  const { isTTY, columns } = process.stderr;
  return isTTY
    ? { ...question, message: paragraph(question.message, columns - MARK_WIDTH) }
    : question;
}

/** Ctrl-C at a question ends the command as Ctrl-C does everywhere. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") {
      throw new Failure({
        code: "interrupted",
        message: "Interrupted; nothing further was done.",
        exit: "interrupted",
      });
    }
    throw error;
  }
}
