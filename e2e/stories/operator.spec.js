// The day of an operator: a call becomes a card and a number that is read out, a letter is entered
// with its scan, a caller asks how things stand and adds something. With scripts and without.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complainQuietly, daysFromToday, fill, next, numberForm, press, signIn, snow } from '../lib/deeds.js';

/** A JPEG of the letter, drawn by the browser of the test. */
async function scan(page) {
  const drawing = await page.context().browser().newPage();
  await drawing.setViewportSize({ width: 160, height: 200 });
  await drawing.setContent('<body style="background:#fff"><h1>Письмо</h1></body>');
  const jpeg = await drawing.screenshot({ type: 'jpeg', quality: 80 });
  await drawing.close();
  return jpeg;
}

/** The form after the first page of a card, up to who is to be answered. */
async function writeDown(page, words) {
  for (const step of ['topic', 'matter', 'place']) {
    await fill[step](page, words);
    expect(await next(page), `the step "${step}" of a card`).toBe(200);
  }
}

/** The coupon that a card ends with. */
async function couponOf(page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Талон обращения');
  const number = (await page.locator('#number').textContent()).trim();
  expect(number).toMatch(numberForm);
  const code = (await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).textContent()).trim();
  return { number, code };
}

test('the day of an operator', async ({ enter, okno }) => {
  test.setTimeout(300_000);
  const operator = await enter('operator');
  await signIn(operator, okno, 'operator');
  await operator.goto('/reception');
  await expect(operator.getByRole('heading', { level: 1 })).toHaveText('Приёмная');
  await look(operator, 'reception-empty');

  let call;
  await test.step('a call: the card, and a number to read out', async () => {
    await operator.getByRole('link', { name: 'Звонок', exact: true }).click();
    await look(operator, 'reception-new-phone');
    expect(await press(operator, 'Начать карточку')).toBe(422);
    await operator.getByLabel('Жалоба', { exact: false }).first().check();
    expect(await press(operator, 'Начать карточку')).toBe(200);
    await expect(operator.locator('main')).toContainText('Карточка: Звонок');
    await look(operator, 'reception-step');
    await writeDown(operator, snow);
    await operator.getByLabel('Фамилия').fill('Подснежникова');
    expect(await next(operator), 'nobody can be answered nowhere').toBe(422);
    await expect(operator.locator('#errors')).toContainText('Укажите телефон, электронную почту или почтовый адрес');
    await look(operator, 'reception-nowhere');
    await operator.getByLabel('Телефон').fill('+7 900 000-00-00');
    expect(await next(operator)).toBe(200);
    await expect(operator.locator('main')).toContainText('Звонок — сообщение');
    await look(operator, 'reception-review');
    expect(await press(operator, 'Зарегистрировать')).toBe(422);
    await operator.getByLabel('Запись прочитана заявителю').check();
    expect(await press(operator, 'Зарегистрировать')).toBe(200);
    call = await couponOf(operator);
    await expect(operator.locator('main')).toContainText('Записал(а) Елена С.');
    await look(operator, 'reception-coupon');
    await operator.emulateMedia({ media: 'print' });
    await expect(operator.getByText('Прочитайте код заявителю')).toBeHidden();
    await expect(operator.getByText(call.code)).toBeVisible();
    await operator.emulateMedia({ media: 'screen' });
  });

  let letter;
  await test.step('a letter with its day, its number, two senders and a scan', async () => {
    await operator.getByRole('link', { name: 'Следующая карточка' }).click();
    await operator.getByRole('link', { name: 'Письмо', exact: true }).click();
    await operator.getByLabel('Жалоба', { exact: false }).first().check();
    await operator.getByLabel('Когда получено').fill(daysFromToday(1));
    expect(await press(operator, 'Начать карточку')).toBe(422);
    await expect(operator.locator('#errors')).toContainText('Этот день ещё не наступил');
    await look(operator, 'reception-new-letter');
    await operator.getByLabel('Когда получено').fill(daysFromToday(-2));
    await operator.getByLabel('Исходящий номер отправителя').fill('15/3');
    await operator.getByLabel('Кто ещё подписал письмо').fill('Морозов Пётр Ильич');
    expect(await press(operator, 'Начать карточку')).toBe(200);
    await writeDown(operator, { ...snow, subject: 'Лёд во дворе дома 3' });
    await operator.getByLabel('Фамилия').fill('Морозова');
    await operator.getByLabel('Почтовый адрес').fill('180000, Лесная, 3');
    await next(operator);
    await operator.getByRole('link', { name: 'Приложить документы' }).click();
    await operator.getByLabel('Файлы').setInputFiles({ name: 'письмо.jpg', mimeType: 'image/jpeg', buffer: await scan(operator) });
    expect(await press(operator, 'Приложить')).toBe(200);
    await next(operator);
    await expect(operator.locator('main')).toContainText('письмо.jpg');
    await operator.getByLabel('Запись сверена с письмом').check();
    await press(operator, 'Зарегистрировать');
    letter = await couponOf(operator);
    await expect(operator.locator('main')).toContainText('исходящий № 15/3');
  });

  await test.step('the specialist sees how it came, its scan and both senders', async () => {
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${letter.number}`);
    await expect(specialist.locator('main')).toContainText('исходящий № 15/3');
    await expect(specialist.locator('main')).toContainText('Записал(а) Елена С.');
    await expect(specialist.locator('main')).toContainText('Морозов Пётр Ильич');
    await expect(specialist.locator('main')).toContainText('Принято письмо на бумаге, внёс(ла) Елена С.');
    await look(specialist, 'reception-desk');
    await specialist.goto(`/cases/${letter.number}/why`);
    await expect(specialist.locator('main')).toContainText('Зарегистрировать нужно не позже');
    await specialist.goto(`/cases/${letter.number}/documents`);
    await expect(specialist.locator('.files b', { hasText: 'письмо.jpg' })).toBeVisible();
    expect((await specialist.request.get('/reception')).status(), 'the reception is the operator’s').toBe(403);
  });

  await test.step('the caller opens the case with the number and the code that were read out', async () => {
    const caller = await enter('caller');
    await caller.goto('/status');
    await caller.getByLabel('Номер обращения').fill(call.number);
    await caller.getByLabel('Код возврата').fill(call.code);
    await press(caller, 'Показать');
    await expect(caller.locator('main')).toContainText(snow.subject);
    await expect(caller.locator('main')).toContainText('Записал(а) Елена С.');
  });

  await test.step('somebody asks how their case stands', async () => {
    await operator.goto('/reception');
    await expect(operator.locator('table tbody tr')).toHaveCount(2);
    await look(operator, 'reception-cards');
    await operator.getByLabel('Номер обращения').fill('А-2026-1');
    expect(await press(operator, 'Открыть')).toBe(422);
    await operator.getByLabel('Номер обращения').fill(call.number);
    expect(await press(operator, 'Открыть')).toBe(200);
    await expect(operator.locator('main')).toContainText('Принято');
    await expect(operator.locator('main')).toContainText(snow.description);
    await look(operator, 'reception-own');
    const other = await complainQuietly(okno, { ...snow, description: 'Тайна: этого оператор не увидит никогда и нигде.' });
    await operator.goto(`/reception/${other.number}`);
    await expect(operator.locator('main')).toContainText('Это обращение зарегистрировали не вы');
    await expect(operator.locator('main')).not.toContainText('Тайна');
    await look(operator, 'reception-other');
    for (const page of [`/cases/${call.number}`, `/desk/${call.number}`, `/reception/${other.number}/coupon`]) {
      expect([403, 404], page).toContain((await operator.request.get(page)).status());
    }
  });

  await test.step('and adds something', async () => {
    await operator.goto(`/reception/${call.number}`);
    await operator.getByLabel('Что сказал заявитель').fill('Снег убрали, но остался лёд.');
    expect(await press(operator, 'Записать'), 'who it was is not said').toBe(422);
    await expect(operator.getByLabel('Что сказал заявитель')).toHaveValue('Снег убрали, но остался лёд.');
    await operator.getByLabel('Как вы узнали заявителя').fill('назвала код возврата');
    expect(await press(operator, 'Записать')).toBe(200);
    await expect(operator.getByText('Слова заявителя записаны.')).toBeVisible();
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${call.number}`);
    await expect(specialist.locator('main')).toContainText('Снег убрали, но остался лёд.');
    await expect(specialist.locator('main')).toContainText('по телефону, записал(а) Елена С.');
    await specialist.goto(`/cases/${call.number}/history`);
    await expect(specialist.locator('main')).toContainText('Заявитель сообщил по телефону, записал(а) Елена С.');
    await expect(specialist.locator('main')).toContainText('Как узнали заявителя: назвала код возврата');
    await look(specialist, 'reception-history');
  });
});
