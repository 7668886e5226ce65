// What is looked at on every page that a story meets. Each check throws with a text that names the
// element and what is wrong with it, so that the person whose build broke can go and mend it.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const shots = resolve(dirname(fileURLToPath(import.meta.url)), '../shots');
const levelAA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const colourRules = ['color-contrast', 'link-in-text-block'];
const schemes = ['light', 'dark'];
const widths = [320, 360, 1280];
const wide = { width: 1280, height: 900 };

/**
 * Everything at once: the page is accessible in light and dark, fits at 320, 360 and 1280 px, is
 * walked by keyboard. With OKNO_SHOTS=1 its pictures are kept as shots/<project>/<name>-<width>-<scheme>.png.
 * Call it on each new page of a story, when the page stands still. What is wrong fails the story at
 * its end and doesn't stop it: one run names the faults of every page.
 */
export async function look(page, name) {
  await test.step(`look at "${name}"`, async () => {
    const faults = [];
    const shape = await shapeOf(page);
    const known = !process.env.OKNO_LONG && examined.has(shape);
    const checks = known ? [fits] : await checksOf(page);
    examined.add(shape);
    for (const check of checks) {
      await check(page).catch((fault) => faults.push(fault.message));
    }
    if (process.env.OKNO_SHOTS) await screens(page, name);
    expect.soft(faults.join('\n'), `faults of "${name}"`).toBe('');
  });
}

/** Shapes of pages that were examined in full: what differs from them in words alone is only asked whether it fits. */
const examined = new Set();

/** What axe and the keyboard can tell apart: every element with its classes and attributes, without
 * words, addresses and identifiers. */
const shapeOf = (page) =>
  page.evaluate(() => {
    const wordy = new Set(['id', 'for', 'href', 'value', 'name', 'action', 'title', 'datetime', 'content', 'src', 'placeholder']);
    const of = (element) => {
      const facts = [...element.attributes].map(({ name, value }) =>
        wordy.has(name) || name.startsWith('data-') || (name.startsWith('aria-') && value.length > 20) ? name : `${name}=${value}`,
      );
      return `${element.localName}[${facts}](${[...element.children].map(of)})${element.textContent.trim() ? '' : '-'}`;
    };
    const scripts = matchMedia('(scripting: none)').matches ? 'without' : 'with';
    return `${scripts} ${document.title ? '' : 'no title '}${of(document.documentElement)}`;
  });

/** axe needs a twin of a page without scripts, which differs from the page with them by nothing that it
 * judges: the everyday run lets it look at the latter alone. */
async function checksOf(page) {
  const all = [audit, fits, keyboardReachesEverything];
  return process.env.OKNO_LONG || (await hasScripts(page)) ? all : all.slice(1);
}

const hasScripts = (page) => page.evaluate(() => !matchMedia('(scripting: none)').matches);

/** No axe violation at WCAG 2.2 AA, in light and in dark. */
export async function audit(page) {
  const { page: judged, done } = (await hasScripts(page)) ? { page, done: async () => {} } : await twin(page);
  try {
    for (const colorScheme of schemes) {
      await judged.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // The old way of running asks for no page beside this one; there are no frames in ours.
      const axe = new AxeBuilder({ page: judged }).setLegacyMode();
      // The dark version is the same page in other colours.
      const found = await (colorScheme === 'dark' ? axe.withRules(colourRules) : axe.withTags(levelAA)).analyze();
      if (found.violations.length > 0) {
        throw new Error(`${page.url()} (${colorScheme}) is not accessible:\n${describe(found.violations)}`);
      }
    }
  } finally {
    await judged.emulateMedia({ colorScheme: 'light' });
    await done();
  }
}

/**
 * axe is a script and waits on timers, so it can't look at a page whose scripts are off. It looks at
 * a twin: the same elements at the same address in a session that runs axe and no script of the page.
 */
async function twin(page) {
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    for (const script of copy.querySelectorAll('script')) script.remove();
    // With scripts off what stands in <noscript> is part of the page.
    for (const fallback of copy.querySelectorAll('noscript')) fallback.replaceWith(...fallback.childNodes);
    return `<!doctype html>${copy.outerHTML}`;
  });
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), javaScriptEnabled: true });
  const judged = await context.newPage();
  const address = page.url();
  if (address.startsWith('http')) {
    await judged.route('**/*', (route) => {
      const request = route.request();
      if (request.isNavigationRequest()) return route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' });
      return request.resourceType() === 'script' ? route.abort() : route.continue();
    });
    await judged.goto(address);
  } else {
    await judged.setContent(html);
  }
  return { page: judged, done: () => context.close() };
}

function describe(violations) {
  return violations
    .map((violation) => {
      const places = violation.nodes.slice(0, 5).map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
        return `    ${node.target.join(' ')}\n      ${node.html.slice(0, 200)}\n      ${why}`;
      });
      const more = violation.nodes.length > 5 ? `\n    and ${violation.nodes.length - 5} more` : '';
      return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}${more}`;
    })
    .join('\n');
}

/** The document is never wider than the window. A table may scroll inside a box of its own. */
export async function noSidewaysScroll(page) {
  await atWidths(page, (width) => sidewaysAt(page, width));
}

/** No text is cut off by its box or written over its edge. Text hidden for screen readers only is let be. */
export async function noClippedText(page) {
  await atWidths(page, (width) => clippedAt(page, width));
}

/** Both of these. */
async function fits(page) {
  await atWidths(page, async (width) => {
    await sidewaysAt(page, width);
    await clippedAt(page, width);
  });
}

async function sidewaysAt(page, width) {
  const wider = await page.evaluate(() => {
    const window_ = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= window_) return null;
    const guilty = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > window_ + 0.5)
      .filter((element) => !element.parentElement.closest('[data-scrolls]'))
      .slice(-5)
      .map((element) => element.outerHTML.slice(0, 160));
    return { by: document.documentElement.scrollWidth - window_, guilty };
  });
  if (wider) {
    throw new Error(
      `${page.url()} scrolls sideways at ${width} px, by ${wider.by} px. It sticks out at:\n  ${wider.guilty.join('\n  ')}`,
    );
  }
}

async function clippedAt(page, width) {
  const clipped = await page.evaluate(() => {
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('svg, template, script, style, select, textarea')) continue;
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '',
      );
      if (!hasText) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 2 || box.height <= 2) continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || style.clipPath !== 'none') continue;
      const cuts = (value) => value === 'hidden' || value === 'clip';
      const across = element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline';
      const down = element.scrollHeight > element.clientHeight + 1 && style.display !== 'inline';
      const boxed = element.matches('button, a[class], summary, th, td, legend, label, h1, h2, h3, p, li, dt, dd');
      if ((across && (cuts(style.overflowX) || (boxed && style.overflowX === 'visible'))) || (down && cuts(style.overflowY))) {
        found.push(element.outerHTML.slice(0, 200));
        continue;
      }
      // Cut by a box further out.
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
        const outerStyle = getComputedStyle(outer);
        const edge = outer.getBoundingClientRect();
        if (edge.width <= 2 || edge.height <= 2 || outerStyle.clipPath !== 'none') break;
        const scrolls = /auto|scroll/.test(outerStyle.overflowX + outerStyle.overflowY);
        if (scrolls) break;
        if (
          (cuts(outerStyle.overflowX) && (text.right > edge.right + 1 || text.left < edge.left - 1)) ||
          (cuts(outerStyle.overflowY) && (text.bottom > edge.bottom + 1 || text.top < edge.top - 1))
        ) {
          found.push(element.outerHTML.slice(0, 200));
          break;
        }
      }
    }
    return found;
  });
  if (clipped.length > 0) {
    throw new Error(`${page.url()} cuts text off at ${width} px:\n  ${clipped.slice(0, 8).join('\n  ')}`);
  }
}

/** Tab reaches every link, button and field that can be seen, shows where it is, and comes out again. */
export async function keyboardReachesEverything(page) {
  await page.setViewportSize(wide);
  const wanted = await page.evaluate(() => {
    // The place focus starts from, wherever the story left it.
    document.activeElement?.blur?.();
    const radios = new Set();
    let number = 0;
    for (const element of document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    )) {
      element.removeAttribute('data-reach');
      if (element.matches(':disabled') || element.closest('[inert], [hidden]') || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.tabIndex < 0) continue;
      if (element.type === 'radio') {
        // A group of radio buttons is one stop: its checked one, or its first.
        const group = `${element.form?.id ?? ''} ${element.name}`;
        if (radios.has(group)) continue;
        radios.add(group);
        const same = [...document.querySelectorAll('input[type=radio]')].filter(
          (other) => other.name === element.name && other.form === element.form,
        );
        (same.find((other) => other.checked) ?? element).setAttribute('data-reach', String(number++));
        continue;
      }
      element.setAttribute('data-reach', String(number++));
    }
    getSelection()?.removeAllRanges();
    return number;
  });
  // From the very top: a click on nothing would move the start, a reload would lose what was typed.
  await page.evaluate(() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.setAttribute('data-reach-top', '');
  });
  const { reached, unseen } = (await hasScripts(page)) ? await walkAtOnce(page, wanted) : await walkOneByOne(page, wanted);
  const missed = await page.evaluate((seen) => {
    const left = [...document.querySelectorAll('[data-reach]')]
      .filter((element) => !seen.includes(element.getAttribute('data-reach')))
      .map((element) => element.outerHTML.slice(0, 160));
    for (const element of document.querySelectorAll('[data-reach]')) element.removeAttribute('data-reach');
    document.querySelector('[data-reach-top]')?.remove();
    document.activeElement?.blur?.();
    return left;
  }, [...reached]);
  if (missed.length > 0) {
    throw new Error(`${page.url()}: the Tab key doesn't reach:\n  ${missed.slice(0, 8).join('\n  ')}`);
  }
  if (unseen.length > 0) {
    throw new Error(`${page.url()}: focus can't be seen on:\n  ${unseen.slice(0, 8).join('\n  ')}`);
  }
}

/** Most presses before the rest counts as out of reach. */
const patience = (wanted) => wanted * 3 + 20;

/** Presses Tab after Tab; the page itself writes down where the focus was and whether it was shown. */
async function walkAtOnce(page, wanted) {
  await page.evaluate(() => {
    const seen = new Map();
    const ringed = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
    const told = ({ target }) => {
      const mark = target.getAttribute?.('data-reach');
      if (mark === null || mark === undefined || seen.has(mark)) return;
      const label = target.labels?.[0];
      const shown = ringed(getComputedStyle(target)) || (label ? ringed(getComputedStyle(label)) : false);
      seen.set(mark, shown ? null : target.outerHTML.slice(0, 160));
    };
    document.addEventListener('focusin', told, true);
    window.walkOfTheTabKey = { seen, end: () => document.removeEventListener('focusin', told, true) };
  });
  const browser = await page.context().newCDPSession(page);
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
  const count = () => page.evaluate(() => window.walkOfTheTabKey.seen.size);
  for (let presses = 0; presses < patience(wanted) && (await count()) < wanted; ) {
    const some = Math.min(40, wanted);
    const sent = [];
    for (let one = 0; one < some; one += 1) {
      sent.push(browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }));
      sent.push(browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }));
    }
    await Promise.all(sent);
    presses += some;
  }
  await browser.detach();
  const walk = await page.evaluate(() => {
    const { seen, end } = window.walkOfTheTabKey;
    end();
    delete window.walkOfTheTabKey;
    return [...seen];
  });
  return { reached: new Set(walk.map(([mark]) => mark)), unseen: walk.map(([, html]) => html).filter(Boolean) };
}

/** The same where the page runs no scripts, so that it is asked after each press. */
async function walkOneByOne(page, wanted) {
  const reached = new Set();
  const unseen = [];
  for (let presses = 0; presses < patience(wanted) && reached.size < wanted; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const mark = element?.getAttribute('data-reach');
      if (mark === null || mark === undefined) return null;
      const style = getComputedStyle(element);
      const ringed = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
      const label = element.labels?.[0];
      return {
        mark,
        shown: ringed(style) || (label ? ringed(getComputedStyle(label)) : false),
        html: element.outerHTML.slice(0, 160),
      };
    });
    if (!at || reached.has(at.mark)) continue;
    reached.add(at.mark);
    if (!at.shown) unseen.push(at.html);
  }
  return { reached, unseen };
}

/** Keeps pictures of the page at 1280 and 360 px, light and dark, for a person to look at. */
export async function screens(page, name) {
  const project = test.info().project.name;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(shots, project, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(wide);
}

async function atWidths(page, check) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await check(width);
  }
  await page.setViewportSize(wide);
}
