#!/usr/bin/env python3
"""Проверка доказательства (.tlog-proof) или расписки из журнала «Окно»; нужен только Python 3.9 или новее.

  python3 verify.py ФАЙЛ [--key КЛЮЧ]   код: 0 верно, 1 неверно, 2 не читается, 3 цело, но ключ не дан
  python3 verify.py --batch             строки «путь<TAB>ключ или -» со входа, ответ — код на каждую строку
Вторая, независимая реализация правил из proof-format.md."""
import base64, hashlib, json, re, sys
from datetime import datetime, timedelta

MAX_FILE, MAX_NOTE, MAX_NUMBER = 16 << 20, 256 << 10, 2**53 - 1
PROOF, RECEIPT = "c2sp.org/tlog-proof@v1\n", "okno.receipt.v1\n"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
NAME = "[^\x00-\x20+\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
NUMBER, HASH, UUID = "(?:0|[1-9][0-9]{0,15})", "[A-Za-z0-9+/]{43}=", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
RECEIPT_TEXT = f"{RECEIPT}({NAME})\nnumber ({NAME})\ncommitment ({HASH})\nrecorded_at ({NUMBER})\nid ({UUID})\n"
HEADER = (f"okno[.]entry[.]v1\norigin (?P<origin>{NAME})\nid {UUID}\nrecorded_at (?P<at>{NUMBER})\n"
    f"occurred_at (?P<told>{NUMBER})\naction (?P<action>[a-z0-9_.]+)\nkind (?P<kind>[a-z_]+)\nentity (?P<entity>{HASH})\n"
    f"version (?P<version>{NUMBER})\nprev (?P<prev>-|{HASH})\nactor (?P<actor>{HASH})\nrows (?P<rows>{HASH})\n"
    f"fields (?P<count>{NUMBER}) (?P<root>{HASH})\n")

class Unreadable(Exception): """Файл или ключ записан не по формату."""
class Invalid(Exception): """Записано по формату, но что-то не сходится."""
def form(condition, what, flaw=Unreadable):
    if not condition: raise flaw(what)
def hold(condition, why): form(condition, why, Invalid)
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def lp(text): return len(text.encode()).to_bytes(4, "big") + text.encode()
def unb64(text, what, length=None):
    try: raw = base64.b64decode(text, validate=True)
    except (ValueError, TypeError): raise Unreadable(what) from None
    form(base64.b64encode(raw).decode() == text and length in (None, len(raw)), what)
    return raw
def number(text, what):
    form(re.fullmatch(NUMBER, text) and int(text) <= MAX_NUMBER, what)
    return int(text)

# Ed25519 (RFC 8032), строго: S < L, у каждой точки одна запись, точки малого порядка не годятся.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def point(raw):
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    x = x if (v * x * x - u) % P == 0 else x * ROOT % P
    if y >= P or (v * x * x - u) % P or (x == 0 and sign): return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
def is_low_order(p):
    for _ in range(3): p = add(p, p)
    return p[0] == 0 and p[1] == p[2]
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def is_signed(key, text, signature):
    first, s = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L: return False
    x, y, z, t = point(key)
    k = int.from_bytes(hashlib.sha512(first + key + text).digest(), "little") % L
    minus, r = (P - x, y, z, P - t), (0, 1, 1, 0)
    table = [None, BASE, minus, add(BASE, minus)]
    for bit in range(252, -1, -1):
        r = add(r, r)
        choice = table[s >> bit & 1 | (k >> bit & 1) << 1]
        r = add(r, choice) if choice else r
    inverse = pow(r[2], P - 2, P)
    encoded = r[1] * inverse % P | (r[0] * inverse % P & 1) << 255
    return encoded.to_bytes(32, "little") == first and not is_low_order(r)
def parse_key(vkey):
    found = re.fullmatch(f"({NAME})[+]([0-9a-f]{{8}})[+](.+)", vkey)
    raw = unb64(found and found[3], "ключ", 33)
    form(raw[0] == 1 and sha(found[1].encode(), b"\n", raw)[:4].hex() == found[2], "ключ")
    form(point(raw[1:]) and not is_low_order(point(raw[1:])), "ключ")
    return found[1], bytes.fromhex(found[2]), raw[1:]
def parse_note(text, what):
    at, signatures = text.rfind("\n\n"), []
    form(len(text.encode()) <= MAX_NOTE and text.endswith("\n") and not CONTROL.search(text), what)
    form(0 <= at < len(text) - 2 and text.count("\n", at + 2) <= 64, what)
    for line in text[at + 2:-1].split("\n"):
        found = re.fullmatch(f"— ({NAME}) ([^ ]+)", line)
        raw = unb64(found and found[2], what)
        form(len(raw) > 4, what)
        signatures.append((found[1], raw[:4], raw[4:]))
    return text[:at + 1], signatures
def parse_checkpoint(text, what="отметка журнала"):
    note = parse_note(text, what)
    found = re.fullmatch(f"({NAME})\n({NUMBER})\n({HASH})\n(?:[^\n]+\n)*", note[0])
    form(found, what)
    return found[1], number(found[2], what), unb64(found[3], what, 32), note
def check_signature(note, origin, key):
    own = [raw for name, key_id, raw in note[1] if key and (name, key_id) == key[:2] and name == origin]
    hold(all(is_signed(key[2], note[0].encode(), raw) for raw in own), "подпись не подходит")
    hold(own or key is None, "файл не подписан этим ключом")
    return 0 if key else 3
def parse_header(text, what="заголовок записи"):
    found = type(text) is str and re.fullmatch(HEADER, text)
    form(found, what)
    h = {name: number(value, what) if name in ("at", "told", "version", "count") else value if name in ("origin", "action",
        "kind") or value == "-" else unb64(value, what, 32) for name, value in found.groupdict().items()}
    form(h["version"] > 0, what)
    return h
def parse_extra(raw, what="раскрытые сведения"):
    try:  # у JSON много записей, годится одна: та, что получится, если записать прочитанное снова
        x = json.loads(raw.decode())
        form(json.dumps(x, ensure_ascii=False, separators=(",", ":")).encode() == raw, what)
    except (ValueError, RecursionError):
        raise Unreadable(what) from None
    form(type(x) is dict and list(x) == ["header", "header_salt", "fields", "hashes"], what)
    form(type(x["fields"]) is list and type(x["hashes"]) is list and len(x["hashes"]) <= 10_000, what)
    hashes, last = [unb64(h, what, 32) for h in x["hashes"]], -1
    for f in x["fields"]:
        form(type(f) is dict and list(f) == ["i", "name", "value", "salt"] and type(f["i"]) is int, what)
        form(type(f["name"]) is str and type(f["value"]) is str and last < f["i"] < len(hashes), what)
        f["salt"], last = unb64(f["salt"], what, 32), f["i"]
    return x["header"], parse_header(x["header"]), unb64(x["header_salt"], what, 32), x["fields"], hashes
def tree(level):
    while len(level) > 1:
        level = [sha(b"\1", *level[i:i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0] if level else sha()
def is_included(leaf, index, size, path, root):
    fn, sn = index, size - 1
    for h in path:
        if sn <= 0: return False
        right = fn & 1 or fn == sn
        leaf = sha(b"\1", h, leaf) if right else sha(b"\1", leaf, h)
        while right and fn and not fn & 1: fn, sn = fn >> 1, sn >> 1
        fn, sn = fn >> 1, sn >> 1
    return index < size and sn == 0 and leaf == root
def parse_part(text, heads, what="часть доказательства"):
    head, blank, checkpoint = text.partition("\n\n")
    found = re.fullmatch("extra ([^\n]*)\nindex ([^\n]*)((?:\n[^\n]+){0,64})", head)
    form(blank and found, what)
    raw, index, path = unb64(found[1], what), number(found[2], what), found[3].split("\n")[1:]
    heads[checkpoint] = heads.get(checkpoint) or parse_checkpoint(checkpoint)
    return parse_extra(raw), index, [unb64(line, what, 32) for line in path]
def check_part(part, head, before):
    (text, h, salt, fields, hashes), index, path = part
    for f in fields:
        own = sha(b"okno.field.v1", f["i"].to_bytes(4, "big"), f["salt"], lp(f["name"]), lp(f["value"]))
        hold(own == hashes[f["i"]], "раскрытое поле не то, что записано в журнале")
    whole = h["count"] == len(hashes) and h["root"] == tree([sha(b"\0", f_i) for f_i in hashes])
    hold(whole, "состав полей не тот, что в заголовке")
    commitment = sha(b"okno.journal.v1", salt, lp(text))
    hold(is_included(sha(b"\0\1", commitment), index, head[1], path, head[2]), "записи нет в журнале под этой отметкой")
    hold(h["origin"] == head[0], "отметка от другого журнала")
    hold(h["version"] == before["version"] + 1, "записи идут не подряд, есть пропуск")
    hold(all(before.get(name, h[name]) == h[name] for name in ("kind", "entity")), "запись относится к другому делу")
    hold(h["prev"] == before["commitment"], "запись не продолжает предыдущую")
    hold(index > before["index"], "записи стоят в журнале не по порядку")
    return {**h, "commitment": commitment, "index": index, "fields": fields}
def verify_proof(text, key, out):
    form(text.endswith("\n") and not CONTROL.search(text), "текст")
    heads, chunks = {}, re.split("(?m)^" + re.escape(PROOF), text)[1:]
    parts = [parse_part(chunk, heads) for chunk in chunks]
    form(len(parts) <= 10_000, "число частей")
    hold(len(heads) == 1, "у частей разные отметки журнала")
    head, before = next(iter(heads.values())), {"version": 0, "commitment": "-", "index": -1}
    for part in parts:
        before = check_part(part, head, before)
        at = datetime(1970, 1, 1) + timedelta(microseconds=before["at"])
        out.append(f"{before['version']}. {at:%d.%m.%Y %H:%M:%S} UTC, {before['action']}, место {before['index']}")
        out += [f"   {f['name']}: {f['value']}" for f in before["fields"]]
    return check_signature(head[3], head[0], key)
def verify_receipt(text, key, out, what="расписка"):
    note = parse_note(text, what)
    found = re.fullmatch(RECEIPT_TEXT, note[0])
    form(found and unb64(found[3], what, 32) and number(found[4], what) >= 0, what)
    out.append(f"Расписка по делу {found[2]}, запись {found[5]}")
    return check_signature(note, found[1], key)
def verify(path, vkey):
    """Код ответа и строки для человека."""
    out = []
    try:
        with open(path, "rb") as file: raw = file.read(MAX_FILE + 1)
        key = None if vkey is None else parse_key(vkey)
        form(len(raw) <= MAX_FILE, "размер")
        text = raw.decode()
        form(text.startswith((PROOF, RECEIPT)), "первая строка")
        code = verify_proof(text, key, out) if text.startswith(PROOF) else verify_receipt(text, key, out)
        answer = "Целостность без подтверждения подписи: дайте ключ (--key)." if code else "ВЕРНО, подпись подходит."
        return code, [answer, *out]
    except Invalid as why: return 1, [f"НЕВЕРНО: {why}."]
    except Unreadable as what: return 2, [f"НЕ ЧИТАЕТСЯ, не по формату: {what}."]
    except UnicodeError: return 2, ["НЕ ЧИТАЕТСЯ: это не текст."]
    except OSError as error: return 2, [f"Файл не открывается: {error.strerror}."]
def main(args):
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    if args == ["--batch"]:
        for line in sys.stdin.buffer.read().decode().split("\n")[:-1]:
            path, vkey = line.split("\t")
            print(verify(path, None if vkey == "-" else vkey)[0])
        return 0
    usage = len(args) not in (1, 3) or args[1:2] not in ([], ["--key"])
    code, out = (2, __doc__.split("\n")) if usage else verify(args[0], args[2] if len(args) == 3 else None)
    for line in out: print(re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", line))
    return code

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
