// What every story is written with: a running Okno, and people who enter it, each with a browser
// session of their own. A page that throws, logs an error, is refused something by its own security
// policy, answers with 5xx or asks another host for anything fails the story, whoever was looking.
import { test as base, expect } from '@playwright/test';
import { start } from './okno.js';

export const test = base.extend({
  /** One server for the stories of a project: { url, data, log(), run([...]) }. */
  okno: [
    async ({}, use) => {
      const okno = await start();
      await use(okno);
      await okno.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  baseURL: async ({ okno }, use) => use(okno.url),

  /**
   * `const page = await enter('anna')`: a person comes in with a clean browser; the name is for the report.
   * The worker of the application stands aside, so that what a story sees came from the server just
   * then; a story about the application asks for it: `enter('anna', { worker: true })`.
   */
  enter: async ({ browser, contextOptions, baseURL, javaScriptEnabled, locale, timezoneId, viewport, okno }, use, info) => {
    const contexts = [];
    const troubles = [];
    await use(async (person, { worker = false } = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL,
        javaScriptEnabled,
        locale,
        timezoneId,
        viewport,
        serviceWorkers: worker ? 'allow' : 'block',
      });
      context.setDefaultTimeout(10_000);
      contexts.push({ person, context });
      const page = await context.newPage();
      watch(page, baseURL, (trouble) => troubles.push(`${person}: ${trouble}`));
      return page;
    });
    if (info.status !== info.expectedStatus || troubles.length > 0) {
      console.log(`The server's last words:\n${okno.log().slice(-4000)}`);
      for (const { person, context } of contexts) {
        for (const page of context.pages()) {
          await info.attach(`${person} saw`, { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' });
        }
      }
    }
    for (const { context } of contexts) await context.close();
    expect(troubles, 'pages ran without trouble').toEqual([]);
  },

  /** True in the project that runs with scripts on. */
  scripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
});

function watch(page, origin, trouble) {
  page.on('pageerror', (error) => trouble(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A 4xx that a story provokes is written to the console by the browser itself; stories check statuses.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      trouble(`console error on ${page.url()}: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== new URL(origin).origin) {
      trouble(`${page.url()} asked another host: ${url.origin}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) trouble(`${response.status()} from ${response.url()}`);
  });
}

export { expect };
