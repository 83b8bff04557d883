// The portal's words, from the files that it reads them from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

export type Words = (key: string) => string;

/** Words of one language; only plain ones, on one line and without variables. */
export function words(language: string): Words {
  const text = readFileSync(join(root, "locales", `${language}.ftl`), "utf8");
  return (key) => {
    const found = new RegExp(`^${key} = (.*)$`, "m").exec(text)?.[1];
    if (found === undefined) throw new Error(`${language} has no word ${key}`);
    return found;
  };
}
