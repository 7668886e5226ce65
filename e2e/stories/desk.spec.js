// The day of a specialist and of a head: what the check says, a note for colleagues, a planned day,
// an urgent case, control of terms, the journal of services, figures and stages. Meanwhile the
// applicant's list changes by itself and leads to the answer.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complain, complainQuietly, daysFromToday, press, signIn, snow } from '../lib/deeds.js';

const drift = {
  ...snow,
  subject: 'Сугроб у почты',
  description: 'Третий день у почты сугроб, не пройти. Звоните мне: +7 912 345-67-89.',
};
const note = 'Песок кончился, заказать до пятницы.';

/** Sees `expected` on the page: by itself where scripts run, after a reload where they don't. */
async function learns(page, scripts, expected) {
  if (!scripts) await page.reload();
  await expected();
  if (scripts) expect(await page.evaluate(() => window.stayed), 'the page was not loaded anew').toBe(true);
}

test('the day of a specialist and of a head', async ({ enter, scripts, okno }) => {
  test.slow();
  const list = await enter('applicant with the list open');
  const form = await enter('applicant elsewhere');
  const specialist = await enter('specialist');
  const head = await enter('head');
  let number;
  const row = () => list.getByRole('row', { name: number });

  await test.step('a case filed elsewhere comes into the open list', async () => {
    await signIn(list, okno, 'anna');
    await list.goto('/cabinet');
    if (!scripts) await expect(list.getByRole('link', { name: 'Обновить', exact: true })).toBeVisible();
    if (scripts) await list.evaluate(() => (window.stayed = true));
    await signIn(form, okno, 'anna');
    ({ number } = await complain(form, drift, { signedIn: true }));
    await learns(list, scripts, () => expect(row()).toContainText('Принято'));
  });

  await test.step('the regulation tells every term', async () => {
    await form.goto('/cabinet');
    await form.getByRole('link', { name: 'Регламент: все сроки' }).click();
    await expect(form.getByRole('heading', { level: 1 })).toHaveText('Регламент: сроки услуг');
    await expect(form.getByRole('row', { name: /Начало работы над жалобой/ }).first()).toContainText('5 рабочих дней');
    const subjects = form.getByRole('region', { name: 'Темы со своим сроком' });
    await expect(subjects.getByText('ускоренном порядке: Дороги и благоустройство › Снег и гололёд')).toBeVisible();
    await look(form, 'regulation');
  });

  await test.step('the queue says by when to begin, the check what to look at', async () => {
    await signIn(specialist, okno, 'improvement');
    await specialist.goto('/desk?view=unit');
    const line = specialist.locator('.queue a.row', { hasText: number });
    await expect(line).toContainText('начать до');
    await line.click();
    const check = specialist.locator('.checks');
    await expect(check).toContainText('личные данные: телефон');
    await expect(check).toContainText('Место указано');
    await look(specialist, 'desk-checks');
    await press(specialist, 'Взять в работу');
    await expect(specialist.locator('.queue a.row', { hasText: number })).not.toContainText('начать до');
    await learns(list, scripts, () => expect(row()).toContainText('В работе'));
  });

  await test.step('a note for colleagues and a planned day', async () => {
    await specialist.getByRole('link', { name: 'Заметка для коллег' }).click();
    await look(specialist, 'desk-note');
    await specialist.getByLabel('Заметка', { exact: true }).fill(note);
    await press(specialist, 'Сохранить заметку');
    await expect(specialist.locator('section[aria-labelledby=notes]')).toContainText(note);
    await specialist.getByRole('link', { name: 'Планируемый день ответа' }).click();
    await specialist.getByLabel('Планирую ответить до').fill(daysFromToday(200));
    expect(await press(specialist, 'Назначить день'), 'not later than the term').toBe(422);
    await expect(specialist.getByRole('alert')).toContainText('не может быть позже срока');
    await look(specialist, 'desk-plan-mistake');
    await specialist.getByLabel('Планирую ответить до').fill(daysFromToday(5));
    await press(specialist, 'Назначить день');
    await expect(specialist.locator('.queue a.row', { hasText: number })).toContainText('план');
    await look(specialist, 'desk-planned');
  });

  await test.step('the applicant sees what was done, and no note', async () => {
    await form.goto(`/cases/${number}`);
    await expect(form.locator('.acts')).toContainText('Специалист взял обращение в работу');
    await expect(form.locator('.due-card')).toContainText('планирует ответить до');
    await expect(form.locator('main')).not.toContainText('Песок кончился');
    await look(form, 'case-acts');
    await form.goto(`/cases/${number}/history`);
    await expect(form.getByRole('row', { name: /взял обращение в работу/ })).toContainText('Жалоба');
    await expect(form.locator('main')).not.toContainText('Песок кончился');
  });

  await test.step('the head calls it urgent and looks at the terms', async () => {
    await signIn(head, okno, 'roads.head');
    await head.goto(`/desk/${number}/do/prioritise`);
    await head.getByLabel('Срочный', { exact: true }).check();
    await look(head, 'desk-prioritise');
    await press(head, 'Сохранить');
    await head.goto('/desk?view=urgent');
    await expect(head.locator('.queue a.row', { hasText: number })).toContainText('Срочный');
    await head.getByRole('link', { name: 'Контроль сроков' }).click();
    await look(head, 'desk-terms');
    await head.getByRole('link', { name: 'Планы специалистов' }).click();
    await expect(head.getByRole('row', { name: new RegExp(drift.subject) })).toContainText(number);
    await look(head, 'desk-terms-plan');
  });

  await test.step('answered, it stands in the journal, in figures and in stages', async () => {
    await specialist.goto(`/desk/${number}`);
    await specialist.getByLabel('Решение').selectOption({ label: 'Удовлетворено' });
    await specialist.getByLabel('Текст ответа').fill('Сугроб у почты убран 22 ноября, дорожку посыпали песком.');
    await press(specialist, 'Отправить на согласование');
    await head.goto(`/desk/${number}/agree`);
    await press(head, 'Согласовать и отправить');
    await head.goto('/desk/journal');
    await expect(head.getByRole('row', { name: number })).toContainText('в срок');
    await look(head, 'desk-journal');
    const terms = await (await head.request.get('/desk/terms.csv?kind=answer')).text();
    expect(terms).toContain('Последний день;Номер');
    expect(terms, 'what is answered runs no more').not.toContain(number);
    const csv = await (await head.request.get('/desk/journal.csv')).text();
    expect(csv.split('\r\n').filter((line) => line.includes(number))).toHaveLength(1);
    await head.goto('/desk/statistics');
    await expect(head.getByRole('row', { name: /Никитина О\. С\./ })).toBeVisible();
    await look(head, 'desk-statistics');
    await head.goto('/desk/stages');
    await expect(head.getByRole('row', { name: number })).toContainText('В работе');
    await look(head, 'desk-stages');
    const asked = await specialist.goto('/desk/stages');
    expect(asked.status(), 'stages are for heads').toBe(403);
    await specialist.goto('/desk/statistics');
    await look(specialist, 'desk-statistics-specialist');
  });

  await test.step('the list leads to the answer; the register tells when the work began', async () => {
    await learns(list, scripts, () => expect(row().getByRole('link', { name: /Просмотр ответа/ })).toBeVisible());
    await look(list, 'cabinet-answered');
    await row().getByRole('link', { name: /Просмотр ответа/ }).click();
    await expect(list.locator('section[aria-labelledby=answer]')).toContainText('посыпали песком');
    await list.goto(`/register/${number}`);
    await expect(list.locator('.facts')).toContainText('Взято в работу');
    await look(list, 'register-begun');
  });
});

test('the queue says that there is something new and moves nothing until it is asked', async ({ enter, scripts, okno }) => {
  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  const first = await complainQuietly(okno, { ...snow, subject: 'Сугроб у аптеки' });
  await specialist.goto(`/desk/${first.number}?view=unit`);
  await press(specialist, 'Взять в работу');
  const news = specialist.locator('.queue .news');
  await expect(news).toBeHidden();
  const second = await complainQuietly(okno, { ...snow, subject: 'Сугроб у бани' });
  const row = specialist.locator('.queue a.row', { hasText: second.number });
  if (!scripts) {
    await specialist.reload();
    await expect(row).toBeVisible();
    return;
  }
  await specialist.getByLabel('Сообщение заявителю').fill('Пришлите, пожалуйста,');
  await expect(news).toContainText('Есть новое: 1', { timeout: 20_000 });
  await expect(row, 'nothing moves by itself').toHaveCount(0);
  await look(specialist, 'desk-news');
  await news.getByRole('button', { name: 'Показать' }).click();
  await expect(row).toBeVisible();
  await expect(news).toBeHidden();
  await expect(specialist.locator('.queue a.row[aria-current]')).toContainText(first.number);
  await expect(specialist.getByLabel('Сообщение заявителю'), 'what was typed stays').toHaveValue('Пришлите, пожалуйста,');
});

test('a head keeps a template, and a specialist takes it into an answer that is begun', async ({ enter, scripts, okno }) => {
  const name = scripts ? 'Двор убран' : 'Двор убран, без скриптов';
  const head = await enter('head');
  await signIn(head, okno, 'roads.head');
  await head.goto('/desk');
  await head.getByRole('link', { name: 'Шаблоны ответов' }).click();
  await look(head, 'desk-templates');
  await head.getByRole('link', { name: 'Новый шаблон' }).click();
  await head.getByLabel('Подразделение').selectOption('roads');
  await head.getByLabel('Название').fill(name);
  await head.getByLabel('Текст', { exact: true }).fill('{greeting} Двор по адресу {address} убран. Ответ пришлём на {email}.');
  expect(await press(head, 'Сохранить')).toBe(422);
  await expect(head.getByRole('alert')).toContainText('{email}');
  await look(head, 'desk-template-mistake');
  await head.getByLabel('Текст', { exact: true }).fill('{greeting} Двор по адресу {address} убран. Обращение {number}.');
  await press(head, 'Посмотреть');
  await expect(head.locator('section[aria-labelledby=preview]')).toContainText('А-2026-00000042-5');
  await press(head, 'Сохранить');
  await look(head, 'desk-template');
  const kept = head.url();

  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  const { number } = await complainQuietly(okno, { ...snow, subject: 'Сугроб у клуба' });
  await specialist.goto(`/desk/${number}?view=unit`);
  await press(specialist, 'Взять в работу');
  await specialist.getByLabel('Сообщение заявителю').fill('Пришлите, пожалуйста,');
  await specialist.getByLabel('Текст ответа').fill('Мы проверили.');
  const label = await specialist.getByLabel('Взять шаблон').locator('option', { hasText: name }).first().textContent();
  await specialist.getByLabel('Взять шаблон').selectOption({ label });
  await press(specialist, 'Вставить');
  const answer = specialist.getByLabel('Текст ответа');
  await expect(answer, 'it goes after what was typed').toHaveValue(/^Мы проверили\.\s+Здравствуйте/);
  await expect(answer).toHaveValue(new RegExp(number));
  await expect(specialist.getByLabel('Сообщение заявителю')).toHaveValue('Пришлите, пожалуйста,');
  await look(specialist, 'desk-template-taken');

  await head.goto(kept);
  await press(head, 'Убрать');
  await look(head, 'desk-template-aside');
  await specialist.goto(`/desk/${number}`);
  await expect(specialist.locator('main')).not.toContainText(name);
});
