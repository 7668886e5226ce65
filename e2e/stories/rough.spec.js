// What comes in that nobody asked for: scripts, invisible characters, far too much, and everything
// twice. It is shown as text or refused with a reason; nothing runs, is lost or is doubled.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complain, complainQuietly, fill, next, press, receipt, signIn, snow } from '../lib/deeds.js';

/** A script, a way out of an attribute, and one out of a textarea. */
const attack = (place) => `<script>alert('${place}')</script>"><img src=x onerror=alert('${place}')></textarea><svg onload=alert(1)>`;

/** Everything a page could betray that something ran. `enter` fails on errors of the console by itself. */
function watched(page) {
  const ran = [];
  page.on('dialog', async (dialog) => {
    ran.push(`a dialog on ${page.url()}: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return ran;
}

test('a script in every field is text and nothing more', async ({ enter, okno }) => {
  const guest = await enter('guest');
  const ran = watched(guest);
  const words = {
    ...snow,
    subject: attack('s').slice(0, 119),
    description: attack('description'),
    expected: attack('expected'),
    address: attack('address'),
    last_name: attack('l').slice(0, 99),
    first_name: attack('f').slice(0, 99),
    middle_name: attack('m').slice(0, 99),
  };
  const { number } = await complain(guest, words);
  await guest.goto(`/cases/${number}`);
  await expect(guest.getByRole('heading', { level: 1 })).toContainText("<script>alert('s')</script>");
  await expect(guest.locator('main')).toContainText(attack('description'));
  await expect(guest.locator('main')).toContainText(attack('address'));
  await guest.getByLabel('Написать по этому делу').fill(attack('message'));
  await press(guest, 'Отправить сообщение');
  await expect(guest.locator('.msg').last()).toContainText(attack('message'));
  await look(guest, 'case-with-scripts');
  for (const address of [`/cases/${number}/history`, `/register/${number}`, `/find?q=${encodeURIComponent(attack('q'))}`, `/status?number=${encodeURIComponent(attack('n'))}`,
    `/register?category=${encodeURIComponent(attack('c'))}&unit=${encodeURIComponent(attack('u'))}&after=${encodeURIComponent(attack('a'))}`, `/sign-in?next=${encodeURIComponent('javascript:alert(1)')}`]) {
    const answer = await guest.goto(address);
    expect(answer.status(), address).toBeLessThan(500);
    await expect(guest.locator('main script, main img, main svg[onload]'), address).toHaveCount(0);
  }
  const specialist = await enter('specialist');
  ran.push(...watched(specialist));
  await signIn(specialist, okno, 'improvement');
  await specialist.goto(`/desk/${number}`);
  await expect(specialist.locator('.work')).toContainText(attack('description'));
  await look(specialist, 'desk-with-scripts');
  expect(ran, 'nothing ran').toEqual([]);
});

test('characters that turn or hide text are cleaned away', async ({ enter, okno }) => {
  const hidden = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/u;
  const guest = await enter('guest');
  const { number } = await complain(guest, {
    ...snow,
    subject: 'Двор \u202eнаоборот\u202c не\u200bубран',
    description: 'Двор\u2066 не убирают\u2069 третью\u200d неделю, \ufeffпройти нельзя совсем.',
    last_name: 'Ива\u200bнова\u202e',
    first_name: '\u2067Ольга\u2069',
  });
  await guest.goto(`/cases/${number}`);
  const source = await guest.content();
  expect(source, 'no such character stands in the page').not.toMatch(hidden);
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Двор наоборот неубран');
  await expect(guest.locator('main')).toContainText('третью неделю');
  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  await specialist.goto(`/desk/${number}`);
  await expect(specialist.locator('.work')).toContainText('Иванова');
  expect(await specialist.content()).not.toMatch(hidden);
});

test('far too much text is refused with a reason, and stays to be shortened', async ({ enter, scripts }) => {
  const guest = await enter('guest');
  await guest.goto('/file/complaint');
  await fill.topic(guest, snow);
  await next(guest);
  await fill.matter(guest, snow);
  // 100 kB as it is stored, three times that as a form sends it.
  const much = 'снегопад '.repeat(6_000).trim();
  // The page cuts nothing off: what is pasted stays whole, and the counter says by how much it is too long.
  await guest.getByLabel('Опишите проблему').fill(much);
  if (scripts) await expect(guest.locator('main')).toContainText(/Лишних знаков: \d/);
  expect(await next(guest)).toBe(422);
  await expect(guest.getByRole('alert')).toContainText(/Сократите текст/);
  await expect(guest.getByLabel('Коротко о проблеме')).toHaveValue(snow.subject);
  expect((await guest.getByLabel('Опишите проблему').inputValue()).length, 'what was typed stays').toBe(much.length);
});

test('a form sent with nothing, nonsense or other fields gets a page that says so', async ({ enter, okno }) => {
  const guest = await enter('guest');
  await guest.goto('/');
  // As a browser does: on to where the answer leads, with what it gave.
  const post = async (path, body, type = 'application/x-www-form-urlencoded') => {
    const answer = await fetch(okno.url + path, { method: 'POST', body, redirect: 'manual', headers: { 'content-type': type } });
    if (answer.status !== 303) return answer;
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    return fetch(okno.url + answer.headers.get('location'), { headers: { cookie }, redirect: 'manual' });
  };
  const told = async (answer, statuses) => {
    const html = await answer.text();
    expect(statuses, html.slice(0, 400)).toContain(answer.status);
    expect(html, 'the page is a page').toMatch(/<h1/);
  };
  await told(await post('/file/complaint', ''), [422]);
  await told(await post('/file/complaint', 'category=%ff%fe&category=%00'), [400, 422]);
  await told(await post('/file/complaint', 'category=no.such.thing'), [422]);
  await told(await post('/file/complaint', '{"category":', 'application/json'), [400, 415, 422]);
  await told(await post('/file/complaint', 'category=' + 'a'.repeat(3_000_000)), [413, 422]);
  await told(await post('/file/nothing', 'category=roads.snow'), [404]);
  await told(await post('/status', 'number=%F0%9F%98%80&code=x'), [422]);
  await told(await post('/sign-in', 'email=&password='), [422]);
  await told(await post('/cases/А-2026-00000001-1/messages', 'text=x'), [400, 401, 403, 404]);
  const strange = await guest.goto('/file/complaint/not-a-draft/matter');
  expect([400, 404]).toContain(strange.status());
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the same form sent twice gives one case', async ({ enter, okno }) => {
  const guest = await enter('guest');
  const subject = 'Отправлено дважды';
  await guest.goto('/file/complaint');
  for (const step of ['topic', 'matter', 'place', 'applicant']) {
    await fill[step](guest, { ...snow, subject });
    await next(guest);
  }
  const review = guest.url();
  await guest.getByLabel('Я согласен на обработку моих данных').check();
  // Two presses at once: past the guard of the page, straight from its form.
  const cookies = (await guest.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = () => fetch(review, { method: 'POST', body: new URLSearchParams({ consent: 'yes' }), headers: { cookie: cookies }, redirect: 'manual' });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303]);
  expect(new Set(answers.map((answer) => answer.headers.get('location'))).size, 'all lead to one receipt').toBe(1);
  await press(guest, 'Отправить жалобу');
  const first = await receipt(guest);
  expect(encodeURI(`/cases/${first.number}/receipt`)).toBe(encodeURI(decodeURI(answers[0].headers.get('location'))));
  // Back and again, as a doubtful person does; and a reload of the receipt.
  await guest.goto(review);
  expect(await receipt(guest), 'the sent review leads to the same receipt').toEqual(first);
  await guest.reload();
  expect(await receipt(guest)).toEqual(first);
  await guest.goto(review.replace('/review', '/matter'));
  expect(await receipt(guest), 'a sent draft can not be changed any more').toEqual(first);
  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  await specialist.goto('/desk?view=unit');
  await expect(specialist.locator('.queue a.row', { hasText: subject }), 'the queue has it once').toHaveCount(1);
});

test('a double click sends a message once', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'without scripts a second click is a second message, as on any page');
  const { number, code } = await complainQuietly(okno, { ...snow, subject: 'Двойной щелчок' });
  const guest = await enter('guest');
  await guest.goto('/status');
  await guest.getByLabel('Номер обращения').fill(number);
  await guest.getByLabel('Код возврата').fill(code);
  await press(guest, 'Показать');
  await guest.getByLabel('Написать по этому делу').fill('Ещё у ворот');
  await guest.getByRole('button', { name: 'Отправить сообщение' }).dblclick();
  await expect(guest.locator('.msg', { hasText: 'Ещё у ворот' })).toHaveCount(1);
  await guest.reload();
  await expect(guest.locator('.msg', { hasText: 'Ещё у ворот' })).toHaveCount(1);
});
