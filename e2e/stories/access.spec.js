// Reading for everybody: the version for those who see badly is turned on, set, kept from page to
// page and turned off; help leads from every page to its own topic; the words are explained; paper
// shows what matters.
import { test, expect } from '../lib/test.js';
import { audit, look, noSidewaysScroll } from '../lib/checks.js';
import { complain, complainQuietly, press, signIn, snow } from '../lib/deeds.js';

const rootOf = (page) => page.locator('html').evaluate(({ dataset }) => ({ ...dataset }));

test('large print is turned on, set, kept from page to page, and turned off', async ({ enter, okno, scripts }) => {
  const page = await enter('reader');
  await page.goto('/register');
  await page.getByRole('button', { name: 'Для слабовидящих' }).click();
  // Where one was, with the bar on top.
  await expect(page).toHaveURL(/\/register$/);
  const bar = page.getByRole('region', { name: 'Версия для слабовидящих' });
  await expect(bar).toBeVisible();
  expect(await rootOf(page)).toMatchObject({ look: 'large', size: '150', scheme: 'bw' });
  if (scripts) await look(page, 'large-register');

  await bar.getByRole('button', { name: 'Белым по чёрному' }).click();
  await expect(bar.getByRole('button', { name: 'Белым по чёрному' })).toHaveAttribute('aria-pressed', 'true');
  await bar.getByRole('button', { name: 'Очень крупный, 200 %' }).click();
  const font = await page.locator('html').evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  expect(font, 'twice the usual size').toBeCloseTo(36, 0);

  // The rest is on the page of settings, which leads back.
  await bar.getByRole('link', { name: 'Настройки' }).click();
  await page.getByRole('group', { name: 'Расстояние между буквами' }).getByLabel('Большое').check();
  await page.getByLabel('С засечками').check();
  await page.getByLabel('Не показывать').check();
  await press(page, 'Сохранить и включить');
  expect(await rootOf(page)).toMatchObject({ size: '200', scheme: 'wb', letters: 'widest', face: 'serif', pictures: 'hidden' });
  await expect(page.locator('header svg').first()).toBeHidden();
  await page.getByRole('link', { name: 'Вернуться на страницу, с которой вы пришли' }).click();
  await expect(page).toHaveURL(/\/register$/);

  for (const address of ['/', '/file/complaint', '/sign-in', '/no-such-page']) {
    await page.goto(address);
    expect((await rootOf(page)).scheme, `${address} is as it was set`).toBe('wb');
  }
  // Off, and on again as it was.
  await page.getByRole('button', { name: 'Обычная версия' }).click();
  expect(await rootOf(page)).not.toHaveProperty('look');
  await page.getByRole('button', { name: 'Для слабовидящих' }).click();
  expect(await rootOf(page)).toMatchObject({ size: '200', scheme: 'wb', face: 'serif' });
});

test('at 200 % in every scheme pages fit a narrow phone and can be read', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'the pages are the same without scripts');
  test.setTimeout(300_000);
  const { number } = await complainQuietly(okno, snow);
  const page = await enter('specialist');
  await signIn(page, okno, 'improvement');
  const addresses = ['/', '/services', '/file/complaint', '/register', '/status', '/verify', '/genuine', '/cabinet', '/profile', '/help', '/help/file', '/glossary', '/pos', '/access', '/desk?view=unit', `/desk/${number}`, `/cases/${number}`, `/cases/${number}/why`, `/cases/${number}/history`];
  const schemes = ['bw', 'wb', 'blue', 'yellow', 'beige', 'green'];
  for (const [place, address] of addresses.entries()) {
    const scheme = schemes[place % schemes.length];
    const spaces = place % 2 === 0 ? 'normal.normal' : 'widest.widest';
    await page.context().addCookies([{ name: 'access', value: `on.200.${scheme}.${spaces}.sans.shown`, url: okno.url }]);
    await page.goto(encodeURI(address));
    expect((await rootOf(page)).scheme).toBe(scheme);
    await noSidewaysScroll(page).catch((error) => expect.soft(error.message, `${address} at 200 %`).toBe(''));
    await audit(page).catch((error) => expect.soft(error.message, `${address} in ${scheme}`).toBe(''));
  }
});

test('in large print a list is cards with whole words, and boxes are as strong as letters', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'the pages are the same without scripts');
  await complainQuietly(okno, snow);
  const page = await enter('reader');
  await page.context().addCookies([{ name: 'access', value: 'on.150.wb.normal.normal.sans.shown', url: okno.url }]);
  await page.goto('/register');
  const state = page.locator('table.list .tag', { hasText: 'Принято' }).first();
  await expect(state).toBeVisible();
  const lines = await state.evaluate((tag) => {
    const range = document.createRange();
    range.selectNodeContents(tag);
    return range.getClientRects().length;
  });
  expect(lines, 'the word is not torn').toBe(1);
  await page.goto('/feedback');
  const edge = await page.getByRole('radio').first().evaluate((dot) => getComputedStyle(dot).borderTopColor);
  expect(edge, 'an unset dot has the colour of the letters').toBe('rgb(255, 255, 255)');
});

test('every page leads to its own help, and help leads on', async ({ enter }) => {
  const page = await enter('guest');
  for (const [address, topic] of [
    ['/', 'Как пользоваться сайтом'],
    ['/file/complaint', 'Как подать обращение'],
    ['/status', 'Как узнать, что с обращением'],
    ['/register', 'Открытый реестр'],
    ['/verify', 'Как проверить доказательство'],
    ['/sign-in', 'Вход, регистрация, забытый пароль'],
  ]) {
    await page.goto(address);
    const help = page.getByRole('complementary', { name: 'Помощь по этой странице' });
    await help.locator('summary').click();
    await help.getByRole('link', { name: 'Подробнее' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(topic);
  }
  await page.locator('main').getByRole('link', { name: 'Помощь', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Помощь');
  for (const part of ['С чего начать', 'Обращения и сроки', 'Сотруднику', 'Администратору']) {
    await expect(page.getByRole('heading', { name: part })).toBeVisible();
  }
});

test('ПОС is a press away from the home page, and the glossary tells all its readings', async ({ enter }) => {
  const page = await enter('guest');
  await page.goto('/');
  await page.getByRole('link', { name: 'ПОС: написать власти' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ПОС: написать власти');
  await expect(page.getByRole('link', { name: 'Подать обращение' })).toHaveAttribute('href', '/file');
  await page.goto('/');
  await page.getByRole('link', { name: 'Словарь: все значения ПОС' }).click();
  const readings = page.locator('article');
  expect(await readings.count()).toBeGreaterThanOrEqual(17);
  for (const one of await readings.all()) await expect(one.locator('li').first(), 'a reading says what it does').not.toBeEmpty();
  await expect(page.getByText('Код возврата', { exact: true })).toBeVisible();
});

test('the language is kept from page to page, in the name of the operator too', async ({ enter }) => {
  const page = await enter('guest');
  await page.goto('/register?state=finished');
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/register\?state=finished$/);
  for (const address of ['/', '/file', '/help/file', '/access', '/glossary', '/status', '/no-such-page']) {
    await page.goto(address);
    await expect(page.locator('html'), address).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('banner'), address).toContainText('Reception of Priozerskaya Region');
  }
});

test('paper shows the appeal and leaves out what is for the screen', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'the pages are the same without scripts');
  const page = await enter('guest');
  const { number } = await complain(page);
  for (const address of [page.url(), `/cases/${number}`, `/cases/${number}/why`, `/cases/${number}/history`, '/register']) {
    await page.goto(address.startsWith('http') ? address : encodeURI(address));
    await page.emulateMedia({ media: 'print' });
    for (const screen of ['header nav', '.thin', 'footer', 'aside.help']) await expect(page.locator(screen), `${screen} of ${address} on paper`).toBeHidden();
    await expect(page.locator('h1'), address).toBeVisible();
    await expect(page.locator('.on-paper'), 'paper says where and when it was printed').toContainText('Напечатано');
    await expect(page.locator('.on-paper')).toContainText(new URL(page.url()).pathname);
    const sheet = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(sheet.length).toBeGreaterThan(5_000);
    await page.emulateMedia({ media: null });
  }
});
