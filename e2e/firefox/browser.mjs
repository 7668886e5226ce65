// Debian's own Firefox, driven over WebDriver BiDi: the rest of the browser tests run in Chromium.
// Playwright drives only a Firefox that it built itself, so this little house has another driver.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const firefox =
  process.env.OKNO_FIREFOX ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

/** Opens the browser; `page()` is a person with clean cookies, `close()` ends everything. */
export async function open() {
  if (!firefox) throw new Error('No Firefox found. Install the package "firefox-esr", or name one in OKNO_FIREFOX.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox,
    headless: true,
    protocolTimeout: 60_000,
    extraPrefsFirefox: {
      'intl.accept_languages': 'ru-RU, ru',
      // A browser that asks nobody for anything: what it loads, the story asked for.
      'browser.safebrowsing.update.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  });
  return {
    version: () => browser.version(),
    close: () => browser.close(),
    async page() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.setDefaultNavigationTimeout(30_000);
      await page.setViewport({ width: 1280, height: 900 });
      page.troubles = [];
      page.on('pageerror', (error) => page.troubles.push(`script error on ${page.url()}: ${error.message}`));
      return page;
    },
  };
}

/** Presses what leads to another page, and is there. */
export async function press(page, text) {
  const button = await page.waitForSelector(`::-p-xpath(//main//*[self::button or self::a][normalize-space()="${text}"])`);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
}

/** Writes into the field with this label. */
export async function write(page, label, text) {
  const field = await labelled(page, label);
  await field.evaluate((element, value) => {
    element.value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }, text);
}

/** Marks the box or the circle with this label. */
export async function mark(page, label) {
  const field = await labelled(page, label);
  await field.evaluate((element) => element.click());
}

/** The field whose label begins with `label`. */
export async function labelled(page, label) {
  const found = await page.evaluateHandle((wanted) => {
    const labels = [...document.querySelectorAll('label')];
    const text = (element) => element.textContent.trim().replace(/\s+/g, ' ');
    const one = labels.find((element) => text(element) === wanted) ?? labels.find((element) => text(element).startsWith(wanted));
    return one?.control ?? null;
  }, label);
  const element = found.asElement();
  if (!element) throw new Error(`${page.url()} has no field «${label}»`);
  return element;
}

export const heading = (page) => page.$eval('h1', (element) => element.textContent.trim());

/** What a page must hold in any browser: nothing sticks out sideways at the widths of phones and desks. */
export async function fits(page) {
  for (const width of [320, 360, 1280]) {
    await page.setViewport({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) throw new Error(`${page.url()} is ${wide} px wide at ${width} px`);
  }
  await page.setViewport({ width: 1280, height: 900 });
}
