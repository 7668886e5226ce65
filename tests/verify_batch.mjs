// Reads lines `path<TAB>key or -` and writes the verdict of the browser's verifier for each.
import { readFileSync } from "node:fs";
import { verify } from "../crates/journal/assets/verify.js";

for (const line of readFileSync(0, "utf8").split("\n").filter((l) => l)) {
  const [path, vkey] = line.split("\t");
  console.log((await verify(readFileSync(path), vkey === "-" ? [] : [vkey])).verdict);
}
