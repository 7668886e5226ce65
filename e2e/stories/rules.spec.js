// Decisions by rule: an administrator writes, a head approves, an applicant files and has the answer
// within a minute, sees why, and asks for a person.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { fill, next, press, receipt, signIn, snow } from '../lib/deeds.js';

async function asks(page, question) {
  await page.goto('/file/reference');
  await page.getByLabel('Об услуге').selectOption({ label: 'Жалоба' });
  await page.getByLabel(question).check();
  expect(await next(page)).toBe(200);
  await fill.applicant(page, snow);
  expect(await next(page)).toBe(200);
  await page.getByLabel('Я согласен на обработку моих данных').check();
  await press(page, 'Задать справочный вопрос');
  return receipt(page);
}

test('a reference question is answered by rule, says why, and a person reviews it when asked', async ({ enter, okno }) => {
  test.setTimeout(240_000);
  const admin = await enter('administrator');
  await signIn(admin, okno, 'admin');
  await admin.goto('/admin/services/reference');
  await admin.getByRole('link', { name: 'Правила решений' }).click();
  await look(admin, 'admin-rules');
  await admin.getByRole('link', { name: 'Изменить правила' }).click();
  const editor = admin.getByLabel('Текст правил');
  const text = await editor.inputValue();
  await editor.fill(text.replace('expected = "needed"', 'expected = "steps"'));
  expect(await press(admin, 'Сохранить черновик')).toBe(422);
  await expect(admin.getByRole('alert')).toContainText('даёт другой исход');
  await look(admin, 'admin-rules-fault');
  await editor.fill(text.replace('Кому доступна:', 'Кто может обратиться:'));
  expect(await press(admin, 'Прогнать по прошлым делам')).toBe(200);
  await expect(admin.getByRole('heading', { name: 'Прогон по прошлым делам' })).toBeVisible();
  await look(admin, 'admin-rules-replay');
  await press(admin, 'Сохранить черновик');
  await admin.getByLabel('От имени подразделения').selectOption('reception');
  await press(admin, 'Отправить на утверждение');
  await look(admin, 'admin-rules-proposed');

  const head = await enter('head');
  await signIn(head, okno, 'head');
  await head.goto('/desk/rules');
  await look(head, 'desk-rules');
  await head.getByRole('link', { name: /Справочный вопрос об услуге: Версия 2/ }).click();
  await press(head, 'Утвердить');
  await expect(head.getByText('действует', { exact: true })).toBeVisible();
  await look(head, 'desk-rules-version');

  const guest = await enter('guest');
  const { number } = await asks(guest, 'Что это за услуга и кому она доступна');
  await expect(async () => {
    await guest.goto(`/cases/${number}`);
    await expect(guest.getByText('Кто может обратиться:')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(guest.getByText(/дан автоматически по правилу 1/)).toBeVisible();
  await guest.getByText('Почему так').click();
  await expect(guest.getByText(/Ваш вопрос: нужно/)).toBeVisible();
  await look(guest, 'case-by-rule');
  await guest.getByRole('link', { name: 'Попросить, чтобы рассмотрел человек' }).click();
  await look(guest, 'case-ask-person');
  await press(guest, 'Попросить');
  await expect(guest.getByText('Дело вернулось к специалисту')).toBeVisible();
});
