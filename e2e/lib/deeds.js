// What people do again and again: file an appeal, sign in, take a proof home. Each step waits for
// the page that follows it, so that a story reads as a person would tell it.
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';

/** «А-2026-00000042-5» */
export const numberForm = /А-\d{4}-\d{8}-\d/;

/** A complaint with everything in it; a story changes what it is about. */
export const snow = {
  service: 'complaint',
  section: 'Дороги и благоустройство',
  category: 'Снег и гололёд',
  subject: 'Не убирают снег у детского сада',
  description: 'Третий день тротуар у детского сада на улице Садовой под снегом, с коляской не пройти.',
  happened_on: daysFromToday(-3),
  expected: 'Расчистите тротуар и посыпьте его песком',
  territory: 'Северный район',
  address: 'улица Садовая, дом 7',
  last_name: 'Подснежникова',
  first_name: 'Клавдия',
  middle_name: 'Аристарховна',
  email: 'klavdia.podsnezhnikova@example.ru',
};

/** 2026-11-21, counted from today by the clock of Moscow, as the demo agencies do. */
export function daysFromToday(days) {
  const day = new Date(Date.now() + days * 24 * 3600 * 1000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(day);
}

/** Presses a button and is on the page that it leads to, whatever its status. Hands back the status. */
export async function press(page, name) {
  const answer = page.waitForResponse((response) => {
    const request = response.request();
    return request.isNavigationRequest() && request.frame() === page.mainFrame() && ![302, 303, 307].includes(response.status());
  });
  await page.getByRole('button', { name, exact: true }).click();
  const status = (await answer).status();
  await page.waitForLoadState();
  return status;
}

export const next = (page) => press(page, 'Продолжить');

/** One step of a complaint filled in; the next page is not asked for yet. */
export const fill = {
  async topic(page, { section, category }) {
    const part = page.locator('details', { has: page.getByText(section, { exact: true }) });
    if (!(await part.evaluate((details) => details.open))) await part.locator('summary').click();
    await page.getByLabel(category, { exact: true }).check();
  },
  async matter(page, { subject, description, happened_on, expected }) {
    await page.getByLabel('Коротко о проблеме').fill(subject);
    await page.getByLabel('Опишите проблему').fill(description);
    await page.getByLabel('Когда это случилось').fill(happened_on);
    await page.getByLabel('Какого результата вы ждёте').fill(expected);
  },
  async place(page, { territory, address }) {
    const options = page.getByLabel('Район или город').locator('option', { hasText: territory });
    await page.getByLabel('Район или город').selectOption(await options.getAttribute('value'));
    await page.getByLabel('Адрес или ориентир').fill(address);
  },
  async applicant(page, { last_name, first_name, middle_name, email }) {
    await page.getByLabel('Фамилия').fill(last_name);
    await page.getByLabel('Имя', { exact: true }).fill(first_name);
    await page.getByLabel('Отчество').fill(middle_name);
    await page.getByLabel('Электронная почта').fill(email);
  },
};

/** Files a complaint without a mistake. Hands back { number, code }; a person who signed in gets no code. */
export async function complain(page, words = snow, { signedIn = false } = {}) {
  await page.goto('/file/complaint');
  for (const step of ['topic', 'matter', 'place', 'applicant']) {
    if (!(step === 'applicant' && signedIn)) await fill[step](page, words);
    expect(await next(page), `the step "${step}" of a good complaint`).toBe(200);
  }
  await page.getByLabel('Я согласен на обработку моих данных').check();
  await press(page, 'Отправить жалобу');
  return receipt(page);
}

/** What stands on the receipt page. */
export async function receipt(page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Обращение отправлено');
  const number = (await page.locator('#number').textContent()).trim();
  expect(number).toMatch(numberForm);
  const code = page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  return { number, code: (await code.count()) > 0 ? (await code.textContent()).trim() : null };
}

/** The same complaint sent without a browser, for stories that need it to be there and not how it got there. */
export async function complainQuietly(okno, words = snow, values = {}) {
  const cookies = new Map();
  const send = async (path, body) => {
    const answer = await fetch(okno.url + path, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      body: body && new URLSearchParams(body),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return answer;
  };
  const led = async (path, body) => {
    const answer = await send(path, body);
    if (answer.status !== 303) throw new Error(`POST ${path} was not taken (${answer.status}):\n${await answer.text()}`);
    return answer.headers.get('location');
  };
  const { category = 'roads.snow', territory = 'severny' } = values;
  const matter = await led('/file/complaint', { category });
  const place = await led(matter, {
    subject: words.subject,
    description: words.description,
    happened_on: words.happened_on,
    expected: words.expected,
  });
  const applicant = await led(place, { 'place.territory': territory, 'place.address': words.address });
  const review = await led(applicant, {
    'applicant.last_name': words.last_name,
    'applicant.first_name': words.first_name,
    'applicant.email': words.email,
  });
  const page = await (await send(await led(review, { consent: 'yes' }))).text();
  return { number: numberForm.exec(page)[0], code: /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(page)?.[0] };
}

/** Cookies of those who have signed in once: nobody types a password twice, and its limits are left alone. */
const known = new Map();

/** Signs in as one of the demo people; their password stands in the server's log. Who signs out again
 * has a session of `own`: that of others goes on. */
export async function signIn(page, okno, name, { own = false } = {}) {
  const email = name.includes('@') ? name : `${name}@okno.example`;
  const kept = known.get(okno.url + email);
  if (kept && !own) {
    await page.context().addCookies(kept);
    return;
  }
  const said = okno.log().match(new RegExp(`demo sign-in: ${email.replace(/\./g, '\\.')} / (\\S+)`));
  if (!said) throw new Error(`The log names no demo sign-in for ${email}`);
  await page.goto('/sign-in');
  await page.getByLabel('Электронная почта').fill(email);
  await page.getByLabel('Пароль').fill(said[1]);
  await press(page, 'Войти');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Вход');
  if (!own) known.set(okno.url + email, await page.context().cookies());
}

/** The proof of a case, once the log has sealed it. */
export async function proofOf(okno, number) {
  const address = `${okno.url}/proofs/${encodeURIComponent(number)}.tlog-proof`;
  await expect.poll(async () => (await fetch(address)).status, { message: 'the proof is sealed', timeout: 20_000 }).toBe(200);
  return (await fetch(address)).text();
}

/** The log's public key, as the site shows it. */
export const keyOf = async (okno) => (await (await fetch(`${okno.url}/log/vkey`)).text()).trim();

/** Puts a file on the verification page and hands back what the page makes of it. */
export async function verdictOf(page, file, { key, scripts }) {
  await page.goto('/verify');
  if (key) await page.getByLabel('Открытый ключ журнала').fill(key);
  await page.getByLabel('Файл доказательства или квитанция').setInputFiles(file);
  if (!scripts) await press(page, 'Проверить');
  const title = page.locator('#verdict-title');
  await expect(title, 'a verdict is told').toBeVisible();
  return { title: await title.textContent(), text: await page.locator('#verdict').innerText() };
}

/** Presses a link that downloads, and reads what came. */
export async function download(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).first().click();
  const file = await coming;
  return { name: file.suggestedFilename(), path: await file.path(), text: await readFile(await file.path(), 'utf8') };
}
