// The verifier that the page hands to a browser gives the same verdict as the Rust one on every file
// of a generated corpus: good proofs, receipts, and ones broken in each known way. 300 files, or
// 10 000 in the long run. Scripts must be on: without them the server checks.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test, expect } from '../lib/test.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const files = process.env.OKNO_LONG ? 10_000 : 300;
const names = ['valid', 'invalid', 'unreadable', 'no key given'];

test(`the browser agrees with Rust on ${files} proofs`, async ({ enter, scripts }) => {
  test.skip(!scripts, 'the verifier is a script');
  test.setTimeout(15 * 60_000);
  const folder = await mkdtemp(join(tmpdir(), 'okno-proofs-'));
  try {
    const built = join(root, 'target/debug/examples/proof_corpus');
    const [program, before] = existsSync(built) ? [built, []] : ['cargo', ['run', '--quiet', '--locked', '-p', 'journal', '--example', 'proof_corpus', '--']];
    await promisify(execFile)(program, [...before, folder, String(files), '7'], { cwd: root, maxBuffer: 1 << 24 });
    const list = (await readFile(join(folder, 'expected.tsv'), 'utf8')).split('\n').filter(Boolean).map((line) => line.split('\t'));
    expect(list).toHaveLength(files);

    const page = await enter('anybody');
    await page.goto('/verify');
    const differing = [];
    const seen = new Set();
    for (let at = 0; at < list.length; at += 100) {
      const part = await Promise.all(list.slice(at, at + 100).map(async ([path, key, verdict, story, reason]) => ({
        bytes: (await readFile(path)).toString('base64'), key: key === '-' ? null : key, verdict: Number(verdict), story, reason, path,
      })));
      const found = await page.evaluate(async (samples) => {
        const { verify } = await import(document.getElementById('verify').dataset.verify);
        const told = [];
        for (const { bytes, key } of samples) {
          const answer = await verify(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), key ? [key] : []);
          told.push({ verdict: answer.verdict, reason: answer.reason ?? '-' });
        }
        return told;
      }, part);
      for (const [place, told] of found.entries()) {
        const { verdict, reason, story, path } = part[place];
        seen.add(verdict);
        if (told.verdict !== verdict || told.reason !== reason) {
          differing.push(`${story} (${path}): the browser says ${names[told.verdict]}, ${told.reason}; Rust says ${names[verdict]}, ${reason}`);
        }
      }
    }
    expect([...seen].sort(), 'the corpus holds every verdict').toEqual([0, 1, 2, 3]);
    expect(differing).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
