// What is kept on this device: words that were begun and not sent (`texts`, by the address of their
// form) and what was sent while there was no network (`queue`). Shared by pages and the worker.
"use strict";
const device = (() => {
  let opened = null;
  const open = () => opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("okno", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("texts", { keyPath: "path" });
      asked.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => { opened = null; failed(asked.error); };
  });
  const on = async (store, mode, deed) => {
    const change = (await open()).transaction(store, mode);
    const asked = deed(change.objectStore(store));
    return new Promise((done, failed) => {
      change.oncomplete = () => done(asked.result);
      change.onabort = change.onerror = () => failed(change.error);
    });
  };
  return {
    all: (store) => on(store, "readonly", (rows) => rows.getAll()),
    get: (store, key) => on(store, "readonly", (rows) => rows.get(key)),
    put: (store, row) => on(store, "readwrite", (rows) => rows.put(row)),
    drop: (store, key) => on(store, "readwrite", (rows) => rows.delete(key)),
    forget: () => Promise.all(["texts", "queue"].map((store) => on(store, "readwrite", (rows) => rows.clear()))),
  };
})();
