import { describe, expect, it } from "@jest/globals";
import {
  emptyForm,
  toConnection,
} from "../../../../../infra/console/screens/export-wizard/form/export-form";

describe("choosing another connection in the wizard", () => {
  const form = {
    ...emptyForm("UTC"),
    ...{ connectionId: "first", listId: "L1", listName: "Newsletter", acknowledged: true },
    displayName: "Export",
  };

  it("leaves the list and the acknowledgement behind, which were the other account's", () => {
    expect({ ...form, ...toConnection(form, "second") }).toEqual({
      ...form,
      ...{ connectionId: "second", listId: "", listName: "", acknowledged: false },
    });
  });

  it("changes nothing when it is the same", () => {
    expect(toConnection(form, "first")).toEqual({});
  });
});
