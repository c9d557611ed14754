import { showLinesPlainly } from "../../../shared/domain/text/plain-text";
import type { Choice, Prompts } from "./prompts";
import type { Terminal } from "./terminal";

/** Colours and weights, as commands write them; among what a terminal obeys they alone are let through. */
// oxlint-disable-next-line no-control-regex -- these are what a terminal knows colours by
const STYLES = /(\u001b\[(?:0|1|2|3|4|7|9|2[2-9]|3[0-79]|4[0-79]|9[0-7]|10[0-7])m)/;

/**
 * A terminal to which anything may be written, wherever it comes from: the name of a list in Klaviyo or the text of
 * a rejection can't move the cursor, change a title or turn the writing round, but is seen as what it is.
 */
export function harmlessTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    print: (text) => terminal.print(harmless(text)),
    note: (text) => terminal.note(harmless(text)),
    prompts: harmlessPrompts(terminal.prompts),
  };
}

/** A text without anything that a terminal would obey but colours. */
export function harmless(text: string): string {
  return text
    .split(STYLES)
    .map((part, index) => (index % 2 === 0 ? showLinesPlainly(part) : part))
    .join("");
}

function harmlessPrompts(prompts: Prompts): Prompts {
  const asked = <Question extends { readonly message: string }>(question: Question): Question => ({
    ...question,
    message: harmless(question.message),
  });
  return {
    text: (question) => prompts.text(asked(question)),
    secret: (question) => prompts.secret(asked(question)),
    confirm: (question) => prompts.confirm(asked(question)),
    choose: (question) =>
      prompts.choose({ ...asked(question), choices: question.choices.map(harmlessChoice) }),
    chooseSeveral: (question) =>
      prompts.chooseSeveral({ ...asked(question), choices: question.choices.map(harmlessChoice) }),
    search: (question) =>
      prompts.search({
        ...asked(question),
        source: async (term) => (await question.source(term)).map(harmlessChoice),
      }),
  };
}

function harmlessChoice<Value>(choice: Choice<Value>): Choice<Value> {
  const { name, description, short } = choice;
  return {
    ...choice,
    name: harmless(name),
    ...(description === undefined ? {} : { description: harmless(description) }),
    ...(short === undefined ? {} : { short: harmless(short) }),
  };
}
