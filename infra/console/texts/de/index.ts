import type { Texts } from "../texts";
import { audit } from "./audit";
import { common } from "./common";
import { comparison } from "./comparison";
import { explain } from "./explain";
import { exportPage } from "./export-page";
import { home } from "./home";
import { preview } from "./preview";
import { rejections } from "./rejections";
import { run } from "./run";
import { runs } from "./runs";
import { shell } from "./shell";
import { systemRefresh } from "./system-refresh";
import { wizard } from "./wizard";

/** Alles, was die Konsole auf Deutsch sagt. */
export const de: Texts = {
  audit,
  common,
  comparison,
  explain,
  exportPage,
  home,
  preview,
  rejections,
  run,
  runs,
  shell,
  systemRefresh,
  wizard,
};
