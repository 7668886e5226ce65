// Search: a guest finds what to ask for, what others asked for and how it ended, and nothing that
// anybody wrote; staff find cases of their own units by what applicants wrote.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complainQuietly, press, signIn, snow } from '../lib/deeds.js';

const words = { ...snow, subject: 'Сугроб выше пешехода', description: 'Третий день тротуар завален, с велотележкой не пройти.' };

/** Asks again until the index, which follows the log, knows it. */
async function until(page, address, locator) {
  await expect(async () => {
    await page.goto(encodeURI(address));
    await expect(locator).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test('a guest is led from a word to a form, and sees what others asked for', async ({ enter, okno }) => {
  const { number } = await complainQuietly(okno, words);
  const page = await enter('guest');
  await page.goto('/');
  await page.getByRole('searchbox').fill('снег');
  await press(page, 'Найти');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Поиск');
  const topic = page.getByRole('link', { name: 'Снег и гололёд', exact: true });
  await expect(topic).toHaveAttribute('href', '/file/complaint?category=roads.snow');

  const similar = page.getByRole('region', { name: 'Похожие обращения' });
  await until(page, '/find?q=снег', similar.getByRole('link', { name: number }));
  await expect(similar.getByText('Принято').first()).toBeVisible();
  await look(page, 'find');

  // The words of an applicant are nobody's business.
  await page.goto(encodeURI('/find?q=велотележкой'));
  await expect(page.getByText(number)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'По этим словам ничего не нашлось' })).toBeVisible();
  await look(page, 'find-nothing');

  // Who smells gas should not write but call.
  await page.goto(encodeURI('/find?q=запах газа в подъезде'));
  await expect(page.getByText('звоните 112')).toBeVisible();

  await page.goto(encodeURI('/find?q=галолед'));
  await page.getByRole('link', { name: 'гололед', exact: true }).click();
  await expect(topic).toBeVisible();

  // A number is sent to its status.
  await page.goto(encodeURI(`/find?q=${number}`));
  await expect(page).toHaveURL(/\/status\?number=/);
});

test('staff find cases of their own units by what applicants wrote', async ({ enter, okno }) => {
  const { number } = await complainQuietly(okno, words);
  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  const found = specialist.getByRole('row').filter({ hasText: number });
  await until(specialist, '/desk/search?q=велотележка', found);
  await look(specialist, 'desk-search');
  await specialist.goto(encodeURI('/desk/search?q=сугробы'));
  await expect(specialist.locator('mark').first()).toHaveText('Сугроб');
  await found.getByRole('link').click();
  await expect(specialist.getByRole('heading', { level: 1 })).toHaveText(words.subject);

  // Words in the queue's own box lead here too.
  await specialist.goto(encodeURI('/desk?q=велотележка'));
  await expect(specialist).toHaveURL(/\/desk\/search/);

  const stranger = await enter('a specialist of another agency');
  await signIn(stranger, okno, 'health');
  await stranger.goto(encodeURI('/desk/search?q=велотележка'));
  await expect(stranger.getByRole('heading', { name: 'В обращениях ваших подразделений таких слов нет' })).toBeVisible();
});

test('the register is narrowed, taken home as a table and followed as a feed', async ({ enter, okno }) => {
  const { number } = await complainQuietly(okno, words);
  const page = await enter('guest');
  await page.goto('/register');
  await page.getByLabel('Вид', { exact: true }).selectOption('complaint');
  await page.getByLabel('Поступило не раньше').fill('2020-01-01');
  await press(page, 'Отобрать');
  await expect(page.getByRole('link', { name: number })).toBeVisible();
  await look(page, 'register-filtered');
  const csv = await page.getByRole('link', { name: 'Скачать таблицей (CSV)' }).getAttribute('href');
  const table = await (await fetch(okno.url + csv)).text();
  expect(table.split('\r\n')[0]).toContain('Номер');
  expect(table).toContain(number);
  for (const private_ of [words.last_name, words.subject, words.address]) expect(table).not.toContain(private_);
  const atom = await page.getByRole('link', { name: 'Atom' }).getAttribute('href');
  expect(await (await fetch(okno.url + atom)).text()).toContain(number);
  const json = await page.getByRole('link', { name: 'JSON Feed' }).getAttribute('href');
  const feed = await (await fetch(okno.url + json)).json();
  expect(feed.items.some((item) => item.title.includes(number))).toBe(true);

  await page.getByLabel('Поступило не позже').fill('2020-01-02');
  await press(page, 'Отобрать');
  await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible();

  await page.goto('/register/places');
  await expect(page.getByRole('cell', { name: 'Северный район' })).toBeVisible();
  await look(page, 'register-places');
});
