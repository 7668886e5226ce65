// What people are told: an applicant sees on a page of notices, as it happens, what becomes of an
// appeal, chooses what to be told, and an administrator changes the words of a letter.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complain, press, signIn, snow } from '../lib/deeds.js';

const title = (page) => page.getByRole('heading', { level: 1 });

test('an applicant is told of each step, and says what need not be told', async ({ enter, scripts, okno }) => {
  test.slow();
  const applicant = await enter('applicant');
  await signIn(applicant, okno, 'anna');
  const { number } = await complain(applicant, snow, { signedIn: true });

  await applicant.goto('/cabinet/notices');
  const told = (words) => applicant.getByRole('heading', { level: 2, name: words });
  await expect(async () => {
    if (!scripts) await applicant.reload();
    await expect(told(`Обращение ${number} принято`)).toBeVisible({ timeout: 500 });
  }).toPass();
  await look(applicant, 'notices');

  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  await specialist.goto(`/desk/${number}`);
  await press(specialist, 'Взять в работу');
  await expect(async () => {
    if (!scripts) await applicant.reload();
    await expect(told(`Назначен исполнитель по обращению ${number}`)).toBeVisible({ timeout: 500 });
  }).toPass();

  await test.step('a letter was written too', async () => {
    await expect(async () => {
      const folder = join(okno.data, 'mail');
      const letters = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
      expect(letters.filter((letter) => /^List-Unsubscribe: /m.test(letter)).length).toBeGreaterThan(1);
    }).toPass();
  });

  const first = applicant.locator('article', { has: told(`Обращение ${number} принято`) });
  await first.getByRole('button', { name: 'Открыть' }).click();
  await applicant.waitForURL(/\/cases\//);

  await applicant.goto('/cabinet/notices/settings');
  await look(applicant, 'notices-settings');
  const row = applicant.getByRole('row', { name: /Назначен исполнитель/ });
  await row.getByRole('checkbox').first().uncheck();
  await press(applicant, 'Сохранить');
  await expect(applicant.getByText('Сохранено')).toBeVisible();
  await expect(row.getByRole('checkbox').first()).not.toBeChecked();
});

test('an administrator changes the words of a letter and takes them back', async ({ enter, okno }) => {
  const admin = await enter('administrator');
  await signIn(admin, okno, 'admin');
  await admin.goto('/admin/templates');
  await look(admin, 'letters');
  await admin.goto('/admin/templates/message/ru');
  await look(admin, 'letter');
  const text = admin.getByLabel('Текст');
  await text.fill('Вам написали: {link} {пароль}');
  expect(await press(admin, 'Сохранить')).toBe(422);
  await expect(admin.getByRole('alert')).toContainText('{пароль}');
  await look(admin, 'letter-mistake');
  await text.fill('{greeting} Вам написали по обращению {number}: {link}');
  await press(admin, 'Посмотреть, не сохраняя');
  await expect(admin.getByText('Вам написали по обращению А-2026-00000042-5').first()).toBeVisible();
  await press(admin, 'Сохранить');
  await expect(admin.getByText('Письмо изменено')).toBeVisible();
  await press(admin, 'Вернуть текст из поставки');
  await expect(admin.getByText('Текст из поставки возвращён')).toBeVisible();
  await expect(title(admin)).toHaveText('Вам написали');
});
