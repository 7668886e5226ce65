// Letters of a demo: it has no mail server and writes each letter into a folder beside its data.
import { createHmac } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The newest letter to an address whose text holds `words`, as text. Letters leave a moment after their cause. */
export async function letterTo(okno, address, words, { within = 15_000 } = {}) {
  const folder = join(okno.data, 'mail');
  const deadline = Date.now() + within;
  for (;;) {
    const names = await readdir(folder).catch(() => []);
    const letters = await Promise.all(
      names.map(async (name) => ({ at: (await stat(join(folder, name))).mtimeMs, raw: await readFile(join(folder, name), 'utf8') })),
    );
    letters.sort((one, other) => other.at - one.at);
    for (const { raw } of letters) {
      if (!new RegExp(`^To: <?${address.replaceAll('.', '\\.')}>?\\r?$`, 'm').test(raw)) continue;
      const text = textOf(raw);
      if (text.includes(words)) return text;
    }
    if (Date.now() > deadline) throw new Error(`no letter to ${address} with «${words}» came`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The link of a letter, as a path of the site. */
export function linkIn(okno, text) {
  const [link] = text.match(new RegExp(`${okno.url}/[a-z-]+/[\\w-]{43}`)) ?? [];
  if (!link) throw new Error(`no link stands in the letter:\n${text}`);
  return link.slice(okno.url.length);
}

function textOf(raw) {
  const [head, ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n');
  const body = rest.join('\n\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (/^Content-Transfer-Encoding: quoted-printable/im.test(head)) {
    const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
  return body;
}

/** The six figures that an app on a phone shows (RFC 6238) for a secret in base 32. */
export function codeOf(secret, at = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const place = digest[19] & 15;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
