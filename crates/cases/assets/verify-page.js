// The verification page: the file is checked in the browser and goes nowhere. The verifier is a module
// whose address the page names; every sentence comes from the page too, in the reader's language.
const form = document.getElementById("verify"), place = document.getElementById("verdict");
const words = new Map();
for (const p of document.getElementById("verify-words").content.querySelectorAll("[data-word]")) words.set(p.dataset.word, p.textContent);
const say = (name, number) => (words.get(name) ?? name).replace("#", number ?? "");
const tones = ["good", "bad", "warn", "warn"];

const make = (tag, text, kind) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
};

const facts = (pairs, kind) => {
  const list = make("dl", undefined, kind);
  for (const [name, value] of pairs) {
    if (value === undefined || value === null || value === "") continue;
    const said = make("dd");
    said.append(value instanceof Node ? value : String(value));
    list.append(make("dt", name), said);
  }
  return list;
};

const when = (micros) => {
  const date = new Date(micros / 1000);
  const style = { dateStyle: "long", timeStyle: "short" };
  try {
    return new Intl.DateTimeFormat(document.documentElement.lang, { ...style, timeZone: form.dataset.zone }).format(date);
  } catch {
    return new Intl.DateTimeFormat(document.documentElement.lang, style).format(date);
  }
};

// A value in words where it is a known code or a day, else the code itself.
const days = ["registered_on", "due_on"], numbers = ["number", "outside_number"];
const spoken = ({ name, value }) => {
  const word = words.get("value-" + name + "-" + value);
  if (word !== undefined) return word;
  const day = new Date(value + "T00:00:00Z");
  if (days.includes(name) && /^\d{4}-\d{2}-\d{2}$/.test(value) && !isNaN(day) && day.toISOString().startsWith(value))
    return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(day);
  return numbers.includes(name) ? value : make("code", value);
};

const entry = (told) => {
  const line = make("li");
  const known = words.get("did-" + told.action);
  line.append(make("b", known ?? told.action), " ", make("span", when(told.occurredAt) + " · " + say("place", told.index) + (told.recordedAt === told.occurredAt ? "" : " · " + say("carried", when(told.recordedAt))), "muted small"));
  const shown = told.fields.filter((field) => field.value !== "");
  if (shown.length > 0) line.append(facts(shown.map((field) => [words.get("field-" + field.name) ?? field.name, spoken(field)]), "facts small"));
  return line;
};

function show(answer) {
  const section = make("section"), note = make("div", undefined, "note " + tones[answer.verdict]);
  // A receipt is a signed promise: that the entry stands in the log, a proof alone shows.
  const name = answer.verdict === 0 && answer.kind === "receipt" ? "receipt" : answer.verdict;
  const title = make("h2", say("title-" + (answer.reason === "key" ? "key" : name)));
  title.id = "verdict-title";
  section.setAttribute("aria-labelledby", title.id);
  const why = answer.reason ? say("reason-" + answer.reason) : say("text-" + name);
  note.append(title, make("p", answer.part ? why + " " + say("part", answer.part) : why));
  section.append(note);
  if (answer.origin) {
    section.append(facts([
      [say("kind"), say("kind-" + answer.kind)],
      [say("number"), answer.receipt?.number],
      [say("recorded"), answer.receipt && when(answer.receipt.recordedAt)],
      [say("origin"), answer.origin],
      [say("size"), answer.checkpointSize],
      [say("fingerprint"), answer.fingerprint],
    ], "proof"));
  }
  if (answer.entries.length > 0) {
    const list = make("ol", undefined, "explain");
    list.append(...answer.entries.map(entry));
    section.append(make("h3", say("entries")), list);
  }
  place.replaceChildren(section);
  place.focus();
}

function tell(sentence) {
  const note = make("div", undefined, "note warn");
  note.append(make("p", sentence));
  place.replaceChildren(note);
}

async function check(file) {
  if (!file) return tell(say("no-file"));
  tell(say("working"));
  try {
    const { verify } = await import(form.dataset.verify);
    const key = form.elements.key.value.trim();
    show(await verify(new Uint8Array(await file.arrayBuffer()), key ? [key] : []));
  } catch (error) {
    console.error(error);
    tell(say("failed"));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(form.elements.file.files[0]);
});
form.elements.file.addEventListener("change", () => {
  if (form.elements.file.files.length > 0) check(form.elements.file.files[0]);
});

const drop = form.querySelector("[data-drop]");
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  form.elements.file.files = event.dataTransfer.files;
  check(event.dataTransfer.files[0]);
});
