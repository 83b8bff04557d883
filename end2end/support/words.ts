// The portal's words, from the files that it reads them from.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.ts";

export type Words = (key: string) => string;

const folder = join(root, "locales");

/** The tag of every language. */
export const languages = readdirSync(folder)
  .map((file) => file.replace(/\.ftl$/, ""))
  .sort();

/** Those that run from right to left. */
export const leftward = ["ar", "he"];

/** Everything that the file of a language says, with its comments and its syntax. */
export function text(language: string): string {
  return readFileSync(join(folder, `${language}.ftl`), "utf8");
}

/** Words of one language; only plain ones, on one line and without variables. */
export function words(language: string): Words {
  const all = text(language);
  return (key) => {
    const found = new RegExp(`^${key} = (.*)$`, "m").exec(all)?.[1];
    if (found === undefined) throw new Error(`${language} has no word ${key}`);
    return found;
  };
}
