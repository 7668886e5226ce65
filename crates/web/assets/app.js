// The application's part of a page: words that were begun are kept on the device and offered again,
// the page of what is kept is filled in, and the browser is asked whether it installs.
(() => {
  if (!("serviceWorker" in navigator) || !("indexedDB" in window)) return;
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const tell = (text) => navigator.serviceWorker.controller?.postMessage(text);
  const moment = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const standalone = matchMedia("(display-mode: standalone)").matches;

  addEventListener("load", async () => {
    await navigator.serviceWorker.register("/worker.js").catch(() => {});
    tell("flush");
    if (standalone) tell("installed");
  });
  addEventListener("online", () => tell("flush"));
  addEventListener("appinstalled", () => tell("installed"));

  // Words of a form that was begun.
  const here = location.pathname;
  const onKept = one("[data-kept-page]");
  const written = (form) => Array.from(form.elements)
    .filter((field) => field.name && field.matches("textarea,select,input:not([type=hidden],[type=password],[type=file],[type=image])"))
    .filter((field) => !field.matches("[type=radio],[type=checkbox]") || field.checked)
    .map((field) => [field.name, field.value])
    .filter(([, value]) => value);
  const offer = (form, kept) => {
    const bar = one("[data-kept]", form);
    const now = new Map(written(form));
    if (!bar || !kept || kept.fields.every(([name, value]) => now.get(name) === value)) return;
    bar.hidden = false;
    one("[data-kept-when]", bar).textContent = moment(kept.at);
    // After a reload the browser goes back to the place in the form, where its empty fields look as if all was lost.
    const shown = () => bar.scrollIntoView({ block: "nearest" });
    if (document.readyState === "complete") shown();
    else addEventListener("load", shown, { once: true });
    one("[data-kept-put]", bar).addEventListener("click", () => {
      for (const [name, value] of kept.fields) {
        for (const field of all(`[name="${CSS.escape(name)}"]`, form)) {
          if (field.matches("[type=radio],[type=checkbox]")) { if (field.value === value) { field.checked = true; field.closest("details")?.setAttribute("open", ""); } }
          else field.value = value;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
      bar.hidden = true;
    });
    one("[data-kept-drop]", bar).addEventListener("click", async () => {
      await device.drop("texts", here);
      bar.hidden = true;
    });
  };
  const watch = (form) => {
    let due = 0;
    const put = () => {
      clearTimeout(due);
      const fields = written(form);
      return fields.some(([name]) => one(`textarea[name="${CSS.escape(name)}"],input[type=text][name="${CSS.escape(name)}"]`, form))
        ? device.put("texts", { path: here, title: document.title, at: Date.now(), fields }).catch(() => {})
        : Promise.resolve();
    };
    form.addEventListener("input", () => { clearTimeout(due); due = setTimeout(put, 300); });
    form.addEventListener("submit", () => {
      clearTimeout(due);
      const fields = written(form);
      device.put("texts", { path: here, title: document.title, at: Date.now(), fields, sent: true }).catch(() => {});
    });
  };
  (async () => {
    const wrong = one("#errors");
    // Without a network the page of what is kept stands at the address that was asked for.
    const arrived = !onKept;
    for (const row of await device.all("texts")) {
      if (!row.sent) continue;
      if (arrived && (row.path !== here || !wrong)) await device.drop("texts", row.path);
      else await device.put("texts", { ...row, sent: false });
    }
    for (const form of all("form[data-keep]")) {
      offer(form, await device.get("texts", here));
      watch(form);
    }
  })().catch(() => {});

  // The page of what is kept.
  const draw = async () => {
    const host = one("[data-kept-page]");
    if (!host) return;
    const connected = navigator.onLine && here === "/app/kept";
    // What was just pressed is what the page speaks of first. That something was not sent stays true
    // with a network, too: it is the server that did not answer.
    const unsent = here === "/app/kept" && location.search === "?unsent";
    const pressed = unsent || !connected ? location.search : "";
    one("[data-queued]", host).hidden = pressed !== "?queued";
    one("[data-not-sent]", host).hidden = pressed !== "?unsent";
    one("[data-no-network]", host).hidden = connected || pressed === "?queued" || pressed === "?unsent";
    one("[data-with-network]", host).hidden = !connected || unsent;
    const list = one("[data-kept-list]", host);
    const rows = [];
    const make = (name, row) => {
      const item = one(`template[data-row="${name}"]`, host).content.cloneNode(true).firstElementChild;
      const put = (what, text) => all(`[data-put=${what}]`, item).forEach((place) => { place.textContent = text; });
      put("when", moment(row.at));
      put("number", row.number || "");
      put("title", row.title || "");
      all("a[data-to]", item).forEach((link) => { link.href = link.dataset.to === "from" ? row.from || row.path : row.to; });
      return item;
    };
    const queue = await device.all("queue");
    one("[data-send-now]", host).hidden = !queue.some((row) => row.state === "waiting");
    for (const row of queue) {
      const item = make(row.state, row);
      const words = one("[data-put=words]", item);
      if (words && row.body && /urlencoded/.test(row.type)) {
        const typed = new URLSearchParams(new TextDecoder().decode(row.body));
        words.textContent = Array.from(typed.values()).filter((value) => value.length > 12 && !/^[0-9a-f-]{36}$/.test(value)).join("\n\n");
      }
      one("[data-drop]", item)?.addEventListener("click", async () => { await device.drop("queue", row.id); draw(); });
      rows.push(item);
    }
    for (const row of await device.all("texts")) {
      const item = make("text", row);
      one("[data-drop]", item).addEventListener("click", async () => { await device.drop("texts", row.path); draw(); });
      rows.push(item);
    }
    list.replaceChildren(...rows);
    one("[data-nothing]", host).hidden = unsent || rows.length > 0;
  };
  if (onKept) {
    draw().catch(() => {});
    one("[data-send-now]", onKept).addEventListener("click", () => tell("flush"));
    addEventListener("online", draw);
    addEventListener("offline", draw);
  }
  navigator.serviceWorker.addEventListener("message", async (event) => {
    if (event.data !== "queue") return;
    if (one("[data-kept-page]")) { draw(); return; }
    const answer = await caches.match("/app/kept");
    if (!answer || one("[data-sent-banner]")) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const banner = one("template[data-row=banner]", fresh);
    if (banner) one("main").before(document.importNode(banner.content, true));
  });

  // The button that installs stands where the browser can.
  addEventListener("beforeinstallprompt", (event) => {
    const button = one("[data-install]");
    if (!button) return;
    event.preventDefault();
    button.hidden = false;
    button.addEventListener("click", () => event.prompt());
  });
  const installed = one("[data-installed]");
  if (installed && standalone) installed.hidden = false;
})();
