import type { Texts } from "../texts";
import { audit } from "./audit";
import { common } from "./common";
import { comparison } from "./runs/comparison";
import { connections } from "./connections";
import { explain } from "./runs/explain";
import { exportPage } from "./exports/export-page";
import { exports } from "./exports/exports";
import { home } from "./home";
import { preview } from "./exports/preview";
import { recurrence } from "./recurrence";
import { rejections } from "./runs/rejections";
import { run } from "./runs/run";
import { runs } from "./runs/runs";
import { segments } from "./segments";
import { shell } from "./shell";
import { sources } from "./sources";
import { systemRefresh } from "./system-refresh";
import { told } from "./told/index";
import { wizard } from "./exports/wizard";

/** Alles, was die Konsole auf Deutsch sagt. */
export const de: Texts = {
  audit,
  common,
  comparison,
  connections,
  explain,
  exportPage,
  exports,
  home,
  preview,
  recurrence,
  rejections,
  run,
  runs,
  segments,
  shell,
  sources,
  systemRefresh,
  told,
  wizard,
};
