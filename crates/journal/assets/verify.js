// Verifies a case's proof (.tlog-proof) or a receipt in the reader's own browser: an ES module without imports.
// All arithmetic is plain JavaScript: the page works over http, from a file, and in browsers whose WebCrypto lacks
// Ed25519 or judges odd signatures differently. A file needs one signature check, so nothing is lost by it.
// The rules are those of docs/proof-format.md; the codes of verdicts and reasons are shared with the other verifiers.

const MAX_FILE = 16 * 2 ** 20, MAX_NOTE = 256 * 1024, MAX_PARTS = 10000, MAX_FIELDS = 10000, MAX_PATH = 64;
const PROOF = "c2sp.org/tlog-proof@v1", RECEIPT = "okno.receipt.v1";
const UNREADABLE = ["too-large", "text", "part", "extra", "header", "checkpoint", "receipt", "key"];
const NAME = /^[^\x00-\x20+\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CONTROL = /[\x00-\x09\x0b-\x1f]/;

class Flaw extends Error {}
const need = (holds, reason) => { if (!holds) throw new Flaw(reason); };

// ---- bytes ----
const utf8 = (text) => new TextEncoder().encode(text);
const join = (...parts) => {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
};
const u32 = (n) => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
const lp = (text) => { const b = utf8(text); return join(u32(b.length), b); };
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

function unbase64(text, reason, length) {
  let raw;
  try { raw = atob(text); } catch { throw new Flaw(reason); }
  need(btoa(raw) === text && (length === undefined || raw.length === length), reason);
  return Uint8Array.from(raw, (c) => c.charCodeAt(0));
}

// ---- SHA-256 and SHA-512 (FIPS 180-4) ----
// The constants are the fractional parts of roots of the first primes, so they are computed, not listed.
function root(n, k) {
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / k));
  for (;;) {
    const y = ((BigInt(k) - 1n) * x + n / x ** (BigInt(k) - 1n)) / BigInt(k);
    if (y >= x) return BigInt.asUintN(64, x);
    x = y;
  }
}
const PRIMES = [];
for (let n = 2; PRIMES.length < 80; n++) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const K64 = PRIMES.map((p) => root(BigInt(p) << 192n, 3));
const H64 = PRIMES.slice(0, 8).map((p) => root(BigInt(p) << 128n, 2));
const K32 = Int32Array.from(K64.slice(0, 64), (k) => Number(k >> 32n) | 0);
const H32 = H64.map((h) => Number(h >> 32n) | 0);

function padded(bytes, block) {
  const all = new Uint8Array(Math.ceil((bytes.length + 1 + block / 8) / block) * block);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setUint32(all.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(all.length - 4, bytes.length << 3);
  return view;
}

function sha256(...parts) {
  const view = padded(join(...parts), 64), h = Int32Array.from(H32), w = new Int32Array(64);
  const r = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (r(x, 7) ^ r(x, 18) ^ (x >>> 3)) + (r(y, 17) ^ r(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i++) {
      const t = (z + (r(e, 6) ^ r(e, 11) ^ r(e, 25)) + ((e & f) ^ (~e & g)) + K32[i] + w[i]) | 0;
      const u = ((r(a, 2) ^ r(a, 13) ^ r(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      z = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
    }
    [a, b, c, d, e, f, g, z].forEach((v, i) => { h[i] += v; });
  }
  return join(...Array.from(h, (v) => u32(v)));
}

function sha512(bytes) {
  const view = padded(bytes, 128), m = (x) => BigInt.asUintN(64, x), w = [];
  const r = (x, n) => (x >> n) | m(x << (64n - n));
  let h = H64.slice();
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(at + 8 * i);
    for (let i = 16; i < 80; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = m(w[i - 16] + w[i - 7] + (r(x, 1n) ^ r(x, 8n) ^ (x >> 7n)) + (r(y, 19n) ^ r(y, 61n) ^ (y >> 6n)));
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 80; i++) {
      const t = z + (r(e, 14n) ^ r(e, 18n) ^ r(e, 41n)) + ((e & f) ^ (m(~e) & g)) + K64[i] + w[i];
      const u = (r(a, 28n) ^ r(a, 34n) ^ r(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      z = g; g = f; f = e; e = m(d + t); d = c; c = b; b = a; a = m(t + u);
    }
    h = [a, b, c, d, e, f, g, z].map((v, i) => m(v + h[i]));
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((v, i) => out.setBigUint64(8 * i, v));
  return new Uint8Array(out.buffer);
}

// ---- Ed25519 (RFC 8032): reduced scalar, one spelling of every point, none of low order, no cofactor ----
const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x) => { const y = x % P; return y < 0n ? y + P : y; };
const little = (bytes) => BigInt("0x" + (hex(Uint8Array.from(bytes).reverse()) || "0"));
function power(x, n) {
  let y = 1n;
  for (; n; n >>= 1n, x = (x * x) % P) if (n & 1n) y = (y * x) % P;
  return y;
}
const D = mod(-121665n * power(121666n, P - 2n)), ROOT = power(2n, (P - 1n) / 4n);

function add(p, q) {
  const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
  const c = mod(2n * p[3] * q[3] * D), d = mod(2n * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function point(bytes) {
  const all = little(bytes), y = BigInt.asUintN(255, all), sign = all >> 255n;
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n), v3 = mod(v * v * v);
  let x = mod(u * v3 * power(mod(u * v3 * v3 * v), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

const isLowOrder = (p) => { for (let i = 0; i < 3; i++) p = add(p, p); return p[0] === 0n && p[1] === p[2]; };
const y4over5 = mod(4n * power(5n, P - 2n));
const BASE = point(Array.from({ length: 32 }, (_, i) => Number((y4over5 >> BigInt(8 * i)) & 255n)));

function isSigned(key, text, signature) {
  if (signature.length !== 64) return false;
  const first = signature.slice(0, 32), s = little(signature.slice(32));
  if (s >= L) return false;
  const k = little(sha512(join(first, key.bytes, text))) % L;
  const minus = [mod(-key.point[0]), key.point[1], 1n, mod(-key.point[3])];
  const table = [null, BASE, minus, add(BASE, minus)];
  let r = [0n, 1n, 1n, 0n];
  for (let bit = 252n; bit >= 0n; bit--) {
    r = add(r, r);
    const choice = Number(((s >> bit) & 1n) | (((k >> bit) & 1n) << 1n));
    if (choice) r = add(r, table[choice]);
  }
  const z = power(r[2], P - 2n);
  return little(first) === (mod(r[1] * z) | ((mod(r[0] * z) & 1n) << 255n)) && !isLowOrder(r);
}

// ---- keys, notes, checkpoints ----
function parseKey(vkey) {
  const [, name, id, base64] = /^([^+]*)\+([^+]*)\+([^]*)$/.exec(vkey) || [];
  need(name !== undefined && NAME.test(name), "key");
  const raw = unbase64(base64, "key", 33), hash = sha256(utf8(name + "\n"), raw);
  need(raw[0] === 1 && hex(hash.slice(0, 4)) === id, "key");
  const bytes = raw.slice(1), at = point(bytes);
  need(at && !isLowOrder(at), "key");
  return { name, id, bytes, point: at, fingerprint: hex(hash.slice(0, 16)).replace(/(.{4})(?=.)/g, "$1 ") };
}

function number(text, reason) {
  need(/^(0|[1-9][0-9]{0,15})$/.test(text) && Number(text) <= Number.MAX_SAFE_INTEGER, reason);
  return Number(text);
}

function after(line, label, reason) {
  need(line !== undefined && line.startsWith(label + " "), reason);
  return line.slice(label.length + 1);
}

function parseNote(text, reason) {
  const at = text.lastIndexOf("\n\n");
  need(utf8(text).length <= MAX_NOTE && text.endsWith("\n") && !CONTROL.test(text), reason);
  need(at >= 0 && at + 2 < text.length, reason);
  const lines = text.slice(at + 2, -1).split("\n");
  need(lines.length <= 64, reason);
  const signatures = lines.map((line) => {
    const words = line.split(" ");
    need(words.length === 3 && words[0] === "—" && NAME.test(words[1]), reason);
    const raw = unbase64(words[2], reason);
    need(raw.length > 4, reason);
    return { name: words[1], id: hex(raw.slice(0, 4)), bytes: raw.slice(4) };
  });
  return { text: text.slice(0, at + 1), signatures };
}

function parseCheckpoint(text) {
  const note = parseNote(text, "checkpoint"), lines = note.text.slice(0, -1).split("\n");
  need(lines.length >= 3 && lines.every((line) => line) && NAME.test(lines[0]), "checkpoint");
  return { note, origin: lines[0], size: number(lines[1], "checkpoint"), root: unbase64(lines[2], "checkpoint", 32) };
}

// The key that signed; null when no keys are given. Only keys with the origin's name count.
function signer(note, origin, keys) {
  if (!keys.length) return null;
  let found = null;
  for (const key of keys.filter((k) => k.name === origin)) {
    for (const s of note.signatures.filter((l) => l.name === key.name && l.id === key.id)) {
      need(isSigned(key, utf8(note.text), s.bytes), "signature");
      found = found || key;
    }
  }
  need(found, "unknown-key");
  return found;
}

// ---- entries ----
const LABELS = "origin id recorded_at occurred_at action kind entity version prev actor rows fields".split(" ");

function parseHeader(text) {
  need(text.endsWith("\n"), "header");
  const lines = text.slice(0, -1).split("\n"), h = {};
  need(lines.length === 13 && lines[0] === "okno.entry.v1", "header");
  LABELS.forEach((label, i) => { h[label] = after(lines[i + 1], label, "header"); });
  need(NAME.test(h.origin) && UUID.test(h.id), "header");
  need(/^[a-z0-9_.]+$/.test(h.action) && /^[a-z_]+$/.test(h.kind), "header");
  for (const label of ["recorded_at", "occurred_at", "version"]) h[label] = number(h[label], "header");
  if (h.prev !== "-") unbase64(h.prev, "header", 32);
  for (const label of ["entity", "actor", "rows"]) unbase64(h[label], "header", 32);
  const space = h.fields.indexOf(" ");
  need(space > 0 && h.version > 0, "header");
  h.count = number(h.fields.slice(0, space), "header");
  h.root = unbase64(h.fields.slice(space + 1), "header", 32);
  return h;
}

const hasKeys = (x, keys) => x !== null && typeof x === "object" && !Array.isArray(x) && Object.keys(x).join() === keys;

// JSON has many spellings; only the one that writing it again gives is accepted.
function parseExtra(raw) {
  let x;
  try {
    x = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw));
    need(same(utf8(JSON.stringify(x)), raw), "extra");
  } catch { throw new Flaw("extra"); }
  need(hasKeys(x, "header,header_salt,fields,hashes") && Array.isArray(x.fields) && Array.isArray(x.hashes), "extra");
  need(x.hashes.length <= MAX_FIELDS && x.hashes.every((h) => typeof h === "string"), "extra");
  need(typeof x.header === "string" && !/\p{Cs}/u.test(x.header) && typeof x.header_salt === "string", "extra");
  const header = parseHeader(x.header), hashes = x.hashes.map((h) => unbase64(h, "extra", 32));
  let last = -1;
  for (const f of x.fields) {
    need(hasKeys(f, "i,name,value,salt") && Number.isInteger(f.i) && f.i > last && f.i < hashes.length, "extra");
    need([f.name, f.value, f.salt].every((t) => typeof t === "string" && !/\p{Cs}/u.test(t)), "extra");
    f.salt = unbase64(f.salt, "extra", 32);
    last = f.i;
  }
  return { text: x.header, header, salt: unbase64(x.header_salt, "extra", 32), fields: x.fields, hashes };
}

const node = (left, right) => sha256([1], left, right);

function treeRoot(leaves) {
  if (leaves.length < 2) return leaves[0] || sha256();
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return node(treeRoot(leaves.slice(0, k)), treeRoot(leaves.slice(k)));
}

function isIncluded(hash, index, size, path, treeHead) {
  if (index >= size) return false;
  let place = BigInt(index), last = BigInt(size) - 1n;
  for (const sibling of path) {
    if (!last) return false;
    if (place & 1n || place === last) {
      hash = node(sibling, hash);
      while (place && !(place & 1n)) { place >>= 1n; last >>= 1n; }
    } else hash = node(hash, sibling);
    place >>= 1n;
    last >>= 1n;
  }
  return !last && same(hash, treeHead);
}

function parsePart(chunk, heads) {
  const at = chunk.indexOf("\n\n"), lines = chunk.slice(0, Math.max(at, 0)).split("\n");
  need(at > 0 && lines.length >= 2 && lines.length <= MAX_PATH + 2, "part");
  const raw = unbase64(after(lines[0], "extra", "part"), "part"), index = number(after(lines[1], "index", "part"), "part");
  const path = lines.slice(2).map((line) => unbase64(line, "part", 32));
  const part = { ...parseExtra(raw), index, path }, checkpoint = chunk.slice(at + 2);
  if (!heads.has(checkpoint)) heads.set(checkpoint, parseCheckpoint(checkpoint));
  return part;
}

// Checks a part against the tree head and the part before it, and gives its commitment.
function checkPart(part, head, before) {
  const { header: h, hashes } = part;
  for (const f of part.fields) {
    const hash = sha256(utf8("okno.field.v1"), u32(f.i), f.salt, lp(f.name), lp(f.value));
    need(same(hash, hashes[f.i]), "field");
  }
  need(h.count === hashes.length && same(h.root, treeRoot(hashes.map((f) => sha256([0], f)))), "fields");
  const commitment = sha256(utf8("okno.journal.v1"), part.salt, lp(part.text));
  need(isIncluded(sha256([0, 1], commitment), part.index, head.size, part.path, head.root), "inclusion");
  need(h.origin === head.origin, "origin");
  need(h.version === (before ? before.header.version + 1 : 1), "version");
  need(!before || (h.kind === before.header.kind && h.entity === before.header.entity), "entity");
  need(before ? h.prev !== "-" && same(unbase64(h.prev, "header"), before.commitment) : h.prev === "-", "chain");
  need(!before || part.index > before.index, "order");
  return commitment;
}

function verifyProof(text, keys, state) {
  need(text.endsWith("\n") && !CONTROL.test(text), "text");
  const chunks = ("\n" + text).split("\n" + PROOF + "\n").slice(1), heads = new Map(), parts = [];
  need(chunks.length <= MAX_PARTS, "too-large");
  chunks.forEach((chunk, i) => {
    state.part = i + 1;
    parts.push(parsePart(i + 1 < chunks.length ? chunk + "\n" : chunk, heads));
  });
  state.part = null;
  need(heads.size === 1, "checkpoint-differs");
  const [head] = heads.values();
  let before = null;
  parts.forEach((part, i) => {
    state.part = i + 1;
    part.commitment = checkPart(part, head, before);
    before = part;
  });
  state.part = null;
  const entries = parts.map(({ header: h, index, fields }) => ({
    version: h.version, action: h.action, recordedAt: h.recorded_at, occurredAt: h.occurred_at, index,
    fieldCount: h.count, fields: fields.map(({ name, value }) => ({ name, value })),
  }));
  return { key: signer(head.note, head.origin, keys), origin: head.origin, entries, checkpointSize: head.size };
}

function verifyReceipt(text, keys) {
  const note = parseNote(text, "receipt"), lines = note.text.slice(0, -1).split("\n");
  need(lines.length === 6, "receipt");
  const [caseNumber, commitment, recordedAt, id] = ["number", "commitment", "recorded_at", "id"].map((label, i) =>
    after(lines[i + 2], label, "receipt"));
  need(NAME.test(lines[1]) && NAME.test(caseNumber) && UUID.test(id), "receipt");
  unbase64(commitment, "receipt", 32);
  const receipt = { number: caseNumber, commitment, recordedAt: number(recordedAt, "receipt"), id };
  return { key: signer(note, lines[1], keys), origin: lines[1], receipt };
}

// Verifies a file (bytes or text) against vkeys (list of texts, or one). The verdict is 0 valid, 1 invalid,
// 2 unreadable, 3 consistent but no key given; `reason` is the code of the first flaw, `part` the part it is in.
export async function verify(file, vkeys = []) {
  const answer = { verdict: 2, reason: null, part: null, kind: null, origin: null, entries: [], receipt: null,
    checkpointSize: null, fingerprint: null };
  const state = { part: null };
  try {
    const keys = (Array.isArray(vkeys) ? vkeys : [vkeys]).map(parseKey);
    const bytes = typeof file === "string" ? utf8(file) : new Uint8Array(file.buffer || file, file.byteOffset || 0, file.byteLength);
    need(bytes.length <= MAX_FILE, "too-large");
    let text;
    try { text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); } catch { throw new Flaw("text"); }
    answer.kind = text.startsWith(PROOF + "\n") ? "proof" : text.startsWith(RECEIPT + "\n") ? "receipt" : null;
    need(answer.kind, "text");
    const { key, ...content } = answer.kind === "proof" ? verifyProof(text, keys, state) : verifyReceipt(text, keys);
    return { ...answer, ...content, verdict: key ? 0 : 3, fingerprint: key && key.fingerprint };
  } catch (flaw) {
    if (!(flaw instanceof Flaw)) throw flaw;
    return { ...answer, verdict: UNREADABLE.includes(flaw.message) ? 2 : 1, reason: flaw.message, part: state.part };
  }
}
