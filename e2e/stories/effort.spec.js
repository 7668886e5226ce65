// What it costs a new person: pages met and answers asked for until the number is there, and the
// weight that a phone on a bad connection has to fetch first.
import { test, expect } from '../lib/test.js';
import { fill, press, receipt, snow } from '../lib/deeds.js';

const most = { pages: 8, answers: 12, markup: 20_000, everything: 50_000, script: 15_000 };

test(`a first complaint takes at most ${most.pages} pages and ${most.answers} answers`, async ({ enter }) => {
  const page = await enter('new person');
  const pages = [];
  const answers = [];
  const arrived = async () => {
    pages.push(await page.getByRole('heading', { level: 1 }).textContent());
    const asked = await page.locator('main form[method=post]').evaluateAll((forms) =>
      forms.flatMap((form) => {
        // What is not shown is asked of others, and what is chosen beforehand is not asked for.
        const chosen = (field) => field.type === 'radio' && form.querySelector(`[name="${field.name}"]:checked`);
        const names = [...form.elements].filter((field) => field.required && field.checkVisibility() && !chosen(field)).map((field) => field.name);
        // A choice that has no "required" of its own: none of its boxes could be told to be the one.
        const choices = [...form.querySelectorAll('fieldset:has(details)')].map((set) => set.querySelector('input').name);
        return [...new Set([...names, ...choices])];
      }),
    );
    answers.push(...asked);
  };
  await page.goto('/');
  await arrived();
  await page.getByRole('link', { name: 'Отправить жалобу' }).click();
  await page.waitForURL('**/services/complaint');
  await arrived();
  await page.getByRole('link', { name: 'Отправить жалобу' }).click();
  await page.waitForURL('**/file/complaint');
  // Only what the page says is required is given: everything else must be optional indeed.
  const bare = {
    topic: () => fill.topic(page, snow),
    matter: () => fill.matter(page, snow),
    place: () => fill.place(page, { ...snow, address: '' }),
    applicant: () => fill.applicant(page, { ...snow, middle_name: '' }),
  };
  for (const step of Object.values(bare)) {
    await arrived();
    await step();
    expect(await press(page, 'Продолжить')).toBe(200);
  }
  await arrived();
  await page.getByLabel('Я согласен на обработку моих данных').check();
  await press(page, 'Отправить жалобу');
  await receipt(page);
  await arrived();
  console.log(`  pages ${pages.length}: ${pages.join(' → ')}; answers ${answers.length}: ${answers.join(', ')}`);
  expect(pages.length, pages.join(' → ')).toBeLessThanOrEqual(most.pages);
  expect(answers.length, answers.join(', ')).toBeLessThanOrEqual(most.answers);
  expect(answers.length, 'the answers were found at all').toBeGreaterThanOrEqual(9);
});

for (const address of ['/', '/services/complaint', '/file/complaint', '/register', '/status']) {
  test(`the first visit of ${address} is light`, async ({ enter, scripts }) => {
    const page = await enter('phone');
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    const kinds = new Map();
    const weights = { Document: 0, Stylesheet: 0, Script: 0, other: 0 };
    const told = [];
    wire.on('Network.responseReceived', ({ requestId, type, response }) => kinds.set(requestId, { type, url: response.url, packed: response.headers['content-encoding'] ?? 'plain' }));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const { type, url, packed } = kinds.get(requestId) ?? { type: 'other', url: '?' };
      weights[type in weights ? type : 'other'] += encodedDataLength;
      told.push(`${new URL(url, 'http://x').pathname} ${encodedDataLength} (${packed})`);
    });
    await page.goto(address, { waitUntil: 'load' });
    // The icon is asked for after everything else.
    await page.waitForTimeout(500);
    const sum = Object.values(weights).reduce((a, b) => a + b);
    console.log(`  ${address}: ${told.join(', ')}; in all ${sum}`);
    expect(weights.Document, 'the page was weighed').toBeGreaterThan(500);
    expect(weights.Stylesheet, 'the stylesheet was weighed').toBeGreaterThan(500);
    expect(weights.Document + weights.Stylesheet, told.join(', ')).toBeLessThanOrEqual(most.markup);
    expect(weights.Script, told.join(', ')).toBeLessThanOrEqual(most.script);
    expect(sum, told.join(', ')).toBeLessThanOrEqual(most.everything);
    if (!scripts) expect(weights.Script, 'no script is fetched').toBe(0);
  });
}
