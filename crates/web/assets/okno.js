// Makes pages livelier where scripts run; every flow works without this file.
// Live parts, character counters, keys of the queue, the switch of themes, a warning about
// unsent text, and one press for one sending.
"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const say = (text) => {
    const place = one("#say");
    if (!place) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 60);
  };

  // Text that somebody has begun and not sent.
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    // What the page of verification is given is checked here and not sent: nothing is lost with it.
    if (form && form.method === "post" && !form.dataset.verify && event.target.matches("textarea")) touched.add(form);
  });
  addEventListener("beforeunload", (event) => {
    if (Array.from(touched).some((form) => form.isConnected)) event.preventDefault();
  });

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    // At a workplace nothing waits for a network: the page of the worker would only take the place of
    // what was typed, and going back to it without a network loses it.
    const offline = one("[data-offline]");
    if (offline && !navigator.onLine) {
      event.preventDefault();
      offline.hidden = false;
      offline.scrollIntoView({ block: "nearest" });
      return;
    }
    form.dataset.sent = "yes";
    touched.delete(form);
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  addEventListener("online", () => all("[data-offline]").forEach((note) => { note.hidden = true; }));
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // Back again a browser restores what was chosen, but not the section that it stands in.
  addEventListener("pageshow", () => all("details.section:not([open]) input:checked").forEach((chosen) => { chosen.closest("details").open = true; }));

  // How many characters are left; said aloud only near the end.
  const count = (area) => {
    const place = document.getElementById(area.id + "-left");
    if (!place) return;
    const left = (Number(area.dataset.most) || area.maxLength) - Array.from(area.value).length;
    const word = left < 0 ? area.dataset.over : area.dataset.left;
    const turned = left < 0 !== (area.dataset.past === "yes");
    area.dataset.past = left < 0 ? "yes" : "no";
    place.textContent = word + " " + Math.abs(left).toLocaleString(document.documentElement.lang);
    place.classList.toggle("over", left < 20);
    if (turned || left === 100 || left === 20 || left === 0) say(place.textContent);
  };
  const counters = (root) => all("textarea[data-left]", root).forEach((area) => {
    if (area.dataset.counted) return;
    area.dataset.counted = "yes";
    area.addEventListener("input", () => count(area));
    count(area);
  });

  // What is handed over on paper.
  all("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // The summary of mistakes takes the focus; its links lead into the fields.
  const summary = one("#errors");
  if (summary) summary.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".summary a[href^='#']");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("fieldset") ? one("input", field) || field : field).focus();
    field.scrollIntoView({ block: "center" });
  });

  // Live parts: something changed on the server, the page is fetched anew and the named parts are
  // put in place, unless the person is writing in one of them.
  const refresh = async (host) => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const note = one("[data-live-note]");
    let changed = false;
    all("[data-live-part]").forEach((part) => {
      const next = one(`[data-live-part="${CSS.escape(part.dataset.livePart)}"]`, fresh);
      if (!next || next.innerHTML === part.innerHTML) return;
      if (part.contains(document.activeElement) && document.activeElement.matches("input,textarea,select")) return;
      if (Array.from(touched).some((form) => part.contains(form))) return;
      part.innerHTML = next.innerHTML;
      // Whoever writes further down would not see what was written to them meanwhile.
      if (part.dataset.livePart === "messages" && note) {
        const end = part.getBoundingClientRect().bottom;
        note.hidden = end > 0 && end < innerHeight;
      }
      part.classList.remove("changed");
      void part.offsetWidth;
      part.classList.add("changed");
      changed = true;
    });
    if (!changed) return;
    counters(document);
    say(host.dataset.liveSay || "");
  };
  // The queue of a desk: what is new in it is counted, and put in place only when asked for, so that
  // nothing moves under the reader. Looked at after a while, for much may come at once.
  const watchQueue = (queue) => {
    const bar = one("[data-queue-news]", queue);
    const parts = (root) => all("[data-queue-part]", root);
    const key = (row) => new URL(row.href).pathname;
    const rows = (root) => new Map(all("[data-queue-part=rows] a.row", root).map((row) => [key(row), row.innerHTML]));
    let fresh = null;
    let due = 0;
    const look = async () => {
      const answer = await fetch(queue.dataset.queue, { headers: { accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const known = rows(document);
      const now = rows(fresh);
      const other = (a, b) => Array.from(a).filter(([row, html]) => b.get(row) !== html).map(([row]) => row);
      const news = new Set([...other(now, known), ...other(known, now)]).size;
      const text = queue.dataset.queueSay + " " + news.toLocaleString(document.documentElement.lang);
      if (news && (bar.hidden || bar.firstElementChild.textContent !== text)) say(text);
      bar.firstElementChild.textContent = text;
      bar.hidden = news === 0;
    };
    one("button", bar).addEventListener("click", () => {
      const open = one("a.row[aria-current]", queue);
      const current = open && key(open);
      parts(document).forEach((part) => {
        const next = one(`[data-queue-part="${CSS.escape(part.dataset.queuePart)}"]`, fresh);
        if (next) part.innerHTML = next.innerHTML;
      });
      all("a.row", queue).filter((row) => key(row) === current).forEach((row) => row.setAttribute("aria-current", "true"));
      bar.hidden = true;
      const first = one("a.row", queue);
      if (first) first.focus({ preventScroll: true });
    });
    return () => {
      if (due) return;
      due = setTimeout(() => { due = 0; look().catch(() => {}); }, 1500 + Math.random() * 1500);
    };
  };
  const listen = (host) => {
    let lost = false;
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => refresh(part).catch(() => {}), 150);
    };
    const events = new EventSource(host.dataset.live);
    const news = host.dataset.queue ? watchQueue(host) : () => {};
    const part = host.dataset.queue ? one("[data-live-beside]") : host;
    if (part) events.addEventListener("change", later);
    events.addEventListener("queue", news);
    events.addEventListener("error", () => { lost = true; });
    events.addEventListener("open", () => { if (lost) { lost = false; if (part) later(); news(); } });
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  };
  if ("EventSource" in window) all("[data-live]").forEach(listen);
  all("[data-live-note]").forEach((note) => note.addEventListener("click", () => { note.hidden = true; }));

  // Keys of the workplace: j and k walk the list, o opens, / searches, others press what names them.
  const walk = (step) => {
    const rows = all("[data-keys=list] a.row");
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const current = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const from = at >= 0 ? at : current;
    const next = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  // The queue scrolls apart from the page: the row of the open case is brought into sight.
  const open = one(".queue a.row[aria-current]");
  if (open) {
    const queue = open.closest(".queue");
    const [row, box] = [open.getBoundingClientRect(), queue.getBoundingClientRect()];
    if (row.bottom > Math.min(box.bottom, innerHeight)) queue.scrollTop += row.top - box.top - queue.clientHeight / 3;
  }
  // The same key on a Russian layout.
  const russian = { "\u043e": "j", "\u043b": "k", "\u0449": "o", "\u0444": "a", "\u043a": "r", "\u0432": "d", "\u0437": "p", "\u0443": "e", "\u0442": "n" };
  const cyrillic = (key) => /[\u0400-\u04ff]/.test(key);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!one("[data-keys]")) return;
    if (event.key === "Escape" && event.target.matches("input,textarea,select")) { event.target.blur(); return; }
    if (event.target.matches("input,textarea,select") || event.target.isContentEditable) return;
    const typed = cyrillic(event.key) ? russian[event.key.toLowerCase()] : event.key.toLowerCase();
    // The key of the slash gives a full stop on a Russian layout.
    const key = event.code === "Slash" && !event.shiftKey ? "/" : typed;
    if (key === "j" || key === "k") { event.preventDefault(); walk(key === "j" ? 1 : -1); return; }
    if (key === "o" && document.activeElement.matches("a.row")) { event.preventDefault(); document.activeElement.click(); return; }
    if (!key || key.length !== 1) return;
    const named = one(`[data-key="${CSS.escape(key)}"]`);
    if (!named) return;
    event.preventDefault();
    if (named.matches("input,textarea,select")) named.focus(); else named.click();
  });

  // One box ticks all boxes of a name; it stands only where it can.
  all("[data-all]").forEach((label) => {
    const master = one("input", label);
    const boxes = () => all(`input[type=checkbox][name="${CSS.escape(label.dataset.all)}"]`);
    const look = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      master.checked = ticked > 0 && ticked === boxes().length;
      master.indeterminate = ticked > 0 && !master.checked;
    };
    master.addEventListener("change", () => boxes().forEach((box) => { box.checked = master.checked; }));
    boxes().forEach((box) => box.addEventListener("change", look));
    label.hidden = false;
    look();
  });

  // Choosing a theme changes the page at once; the server remembers it.
  all("form[data-theme-switch]").forEach((form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter || one("button", form);
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const theme = fresh.documentElement.dataset.theme;
      if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
      const next = one("form[data-theme-switch]", fresh);
      if (next) form.replaceChildren(...next.childNodes);
      // Whoever pressed it with the keyboard stays where they were.
      const left = all("button", form).find((shown) => shown.offsetParent);
      if (left) left.focus();
    } catch (error) {
      form.submit();
    }
    delete form.dataset.sent;
  }));

  // A field is checked when it is left: the server says what it would say when the page is sent.
  const mark = (form, field, text) => {
    const host = field.closest(".field");
    if (!host) return;
    const id = `f-${field.name}-wrong`;
    let wrong = document.getElementById(id);
    host.classList.toggle("is-wrong", Boolean(text));
    const described = field.closest("fieldset.field") || field;
    const others = (described.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    described.setAttribute("aria-describedby", (text ? [...others, id] : others).join(" "));
    if (!field.matches("[type=radio]")) field.toggleAttribute("aria-invalid", Boolean(text));
    if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    if (!text) {
      if (wrong) { wrong.remove(); say(""); }
      return;
    }
    if (!wrong) {
      wrong = document.createElement("span");
      wrong.className = "wrong";
      wrong.id = id;
      const before = host.matches("fieldset") ? one("label.choice,details", host) : one("label.choice", host) || field;
      before.before(wrong);
    }
    const aloud = document.createElement("span");
    aloud.className = "sr";
    aloud.textContent = form.dataset.checkWrong + ": ";
    wrong.replaceChildren(aloud, text);
    say(text);
  };
  all("form[data-check]").forEach((form) => form.addEventListener("change", async (event) => {
    const field = event.target;
    if (!field.name) return;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.check, { method: "POST", body, credentials: "same-origin" });
      if (answer.ok) mark(form, field, (await answer.json())[field.name] || "");
    } catch (error) {
      // Nothing is lost: everything is checked again when the page is sent.
    }
  }));

  counters(document);
})();
