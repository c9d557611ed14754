import type { ToldTexts } from "../../told";
import { klaviyo } from "./klaviyo";
import { reasons } from "./reasons";
import { removals } from "./removals";
import { requests } from "./requests";
import { dropped, rejections } from "./rows";
import { runs } from "./runs";
import { segments } from "./segments";
import { sources } from "./sources";
import { subscriptions } from "./subscriptions";
import { named, write } from "./values";

/** Was die API auf Englisch sagt, auf Deutsch. */
export const told: ToldTexts = {
  problems: {
    ...klaviyo,
    ...removals,
    ...requests,
    ...runs,
    ...segments,
    ...sources,
    ...subscriptions,
  },
  reasons,
  rejections,
  dropped,
  named,
  write,
};
