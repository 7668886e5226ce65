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
    expect(await press(operator, 'Назад')).toBe(200);
    await expect(operator.getByLabel('Адрес или ориентир')).toHaveValue(snow.address);
    expect(await next(operator)).toBe(200);
    await expect(operator.getByLabel('Фамилия'), 'going back loses nothing').toHaveValue('Подснежникова');
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

  await test.step('whoever calls again is found by their telephone, however it is typed', async () => {
    await operator.goto('/reception');
    await operator.getByLabel('Почта или телефон').fill('Подснежникова');
    expect(await press(operator, 'Найти обращения')).toBe(422);
    await expect(operator.locator('#errors')).toContainText('адрес почты или номер телефона');
    await expect(async () => {
      await operator.getByLabel('Почта или телефон').fill('8 900 0000000');
      expect(await press(operator, 'Найти обращения')).toBe(200);
      await expect(operator.locator('table')).toContainText(call.number, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    expect(operator.url(), 'no telephone stands in an address').not.toContain('900');
    await look(operator, 'reception-found');
    await operator.getByLabel('Вид обращения').selectOption({ label: 'Жалоба' });
    expect(await press(operator, 'Начать карточку')).toBe(200);
    await operator.goto('/reception');
    await expect(operator.locator('main'), 'the new card knows who calls').toContainText('8 900 0000000');
    await operator.getByLabel('Почта или телефон').fill(call.number);
    expect(await press(operator, 'Найти обращения')).toBe(200);
    await expect(operator.getByRole('heading', { level: 1 }), 'a number in the wrong field is one').toHaveText(call.number);
    await operator.goto(`/reception/${call.number}/coupon`);
  });

  let letter;
  await test.step('a letter with its day, its number, two senders and a scan', async () => {
    await operator.getByRole('link', { name: 'Следующая карточка' }).click();
    await operator.getByRole('link', { name: 'Личный приём', exact: true }).click();
    await expect(operator.locator('main'), 'danger is spoken of at the counter too').toContainText('112');
    await operator.goto('/reception');
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
    await operator.getByRole('link', { name: 'Приложить фото или документы' }).click();
    await operator.getByLabel('Файлы').setInputFiles({ name: 'письмо.jpg', mimeType: 'image/jpeg', buffer: await scan(operator) });
    expect(await press(operator, 'Приложить')).toBe(200);
    await next(operator);
    await expect(operator.locator('main')).toContainText('письмо.jpg');
    await operator.getByLabel('Запись сверена с письмом').check();
    await press(operator, 'Зарегистрировать');
    letter = await couponOf(operator);
    await expect(operator.locator('main')).toContainText('исходящий № 15/3');
    await operator.getByRole('link', { name: 'Ещё одна такая же' }).click();
    await expect(operator.getByLabel('Когда получено'), 'the next of the heap came on the same day').toHaveValue(daysFromToday(-2));
    await expect(operator.getByLabel('Жалоба', { exact: false }).first()).toBeChecked();
    await operator.goto('/file/complaint');
    await expect(operator.locator('main'), 'what is filed past the reception is the operator’s own').toContainText('Это ваше собственное обращение');
  });

  await test.step('a paper that was forgotten is added the next minute', async () => {
    await operator.goto(`/reception/${letter.number}`);
    expect(await press(operator, 'Приложить'), 'no file was chosen').toBe(422);
    await operator.getByLabel('Файлы').setInputFiles({ name: 'оборот.jpg', mimeType: 'image/jpeg', buffer: await scan(operator) });
    expect(await press(operator, 'Приложить')).toBe(200);
    await expect(operator.locator('main')).toContainText('оборот.jpg');
    await expect(operator.locator('main')).toContainText('приложил(а) Елена С.');
    await look(operator, 'reception-scanned');
  });

  await test.step('the specialist sees how it came, its scan and both senders', async () => {
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${letter.number}`);
    await expect(specialist.locator('main')).toContainText('исходящий № 15/3');
    await expect(specialist.locator('main')).toContainText('Записал(а) Соколова Е. В.');
    await expect(specialist.locator('main')).toContainText('Морозов Пётр Ильич');
    await expect(specialist.locator('main')).toContainText('Обращение внесено с письма на бумаге');
    await expect(specialist.locator('main')).toContainText('приложен скан или документ с письмом: оборот.jpg');
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
    await operator.getByLabel('Номер обращения').fill(call.number.slice('А-2026-'.length));
    expect(await press(operator, 'Открыть'), 'the end of a number of this year is enough').toBe(200);
    await expect(operator.locator('main')).toContainText('Принято');
    await expect(operator.locator('main')).toContainText(snow.description);
    await look(operator, 'reception-own');
    const other = await complainQuietly(okno, { ...snow, description: 'Тайна: этого оператор не увидит никогда и нигде.' });
    await operator.goto(`/reception/${other.number}`);
    await expect(operator.locator('main')).toContainText('Это обращение зарегистрировали не вы');
    await expect(operator.locator('main')).not.toContainText('Тайна');
    await expect(operator.getByRole('link', { name: 'Открыть по коду' }), 'with the code its applicant reads all of it').toBeVisible();
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
    await expect(specialist.locator('main')).toContainText('по телефону, записал(а) Соколова Е. В.');
    await specialist.goto(`/cases/${call.number}/history`);
    await expect(specialist.locator('main')).toContainText('Записаны слова заявителя по телефону');
    await expect(specialist.locator('main')).toContainText('Как узнали заявителя: назвала код возврата');
    await look(specialist, 'reception-history');
  });

  await test.step('why the answer is late is read out by the operator too', async () => {
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${call.number}`);
    await press(specialist, 'Взять в работу');
    await specialist.goto(`/desk/${call.number}/do/explain_delay`);
    await specialist.getByLabel('Когда ждать ответа').fill(daysFromToday(9));
    await specialist.getByLabel('Причина').fill('Ждём заключение о состоянии двора.');
    await press(specialist, 'Объяснить');
    await operator.goto(`/reception/${call.number}`);
    await expect(operator.locator('main')).toContainText('Ответ задерживается. Ждите его до');
    await expect(operator.locator('main')).toContainText('Ждём заключение о состоянии двора.');
    await expect(operator.locator('main'), 'who left a telephone alone is called').toContainText('Позвоните');
    await look(operator, 'reception-delayed');
  });

  await test.step('somebody comes in person: the visit is tied to the case by its number', async () => {
    await operator.goto(`/reception/${letter.number}`);
    await operator.getByLabel('Пришёл(пришла) на приём').check();
    await operator.getByLabel('Что сказал заявитель').fill('Лёд сошёл сам, убирать больше нечего.');
    await operator.getByLabel('Что передал заявитель').fill('Фотография двора, 1 лист');
    await operator.getByLabel('Как вы узнали заявителя').fill('показала паспорт');
    await look(operator, 'reception-visit');
    expect(await press(operator, 'Записать')).toBe(200);
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/cases/${letter.number}/history`);
    const main = specialist.locator('main');
    await expect(main).toContainText('Приходил(а) лично, приём вёл(ла) Соколова Е. В.');
    await expect(main).toContainText('Сказано: Лёд сошёл сам');
    await expect(main).toContainText('Передано: Фотография двора, 1 лист');
    await look(specialist, 'reception-visit-history');
  });

  await test.step('a lost code is replaced: the old one opens nothing', async () => {
    await operator.goto(`/reception/${call.number}`);
    expect(await press(operator, 'Выдать новый код'), 'whose it is was not said').toBe(422);
    await operator.getByLabel('Почта или телефон из обращения').fill('8 900 000-00-01');
    await operator.getByLabel('Как вы убедились, что обращение его').fill('показала паспорт');
    expect(await press(operator, 'Выдать новый код'), 'a stranger knows no telephone of the appeal').toBe(422);
    await expect(operator.locator('#errors')).toContainText('В обращении указано другое');
    await look(operator, 'reception-code-refused');
    await operator.getByLabel('Почта или телефон из обращения').fill('8 900 000-00-00');
    expect(await press(operator, 'Выдать новый код')).toBe(200);
    const shown = operator.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    const code = (await shown.textContent()).trim();
    expect(code).not.toBe(call.code);
    await look(operator, 'reception-code');
    await operator.emulateMedia({ media: 'print' });
    await expect(operator.getByText('Прочитайте код заявителю'), 'what is said to the operator stays off the sheet').toBeHidden();
    await operator.emulateMedia({ media: 'screen' });
    const caller = await enter('caller with a new code');
    for (const [tried, status] of [[call.code, 422], [code, 200]]) {
      await caller.goto('/status');
      await caller.getByLabel('Номер обращения').fill(call.number);
      await caller.getByLabel('Код возврата').fill(tried);
      expect(await press(caller, 'Показать')).toBe(status);
    }
    await expect(caller.locator('main')).toContainText(snow.subject);
  });

  await test.step('the answer to the letter goes out on paper', async () => {
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${letter.number}`);
    await press(specialist, 'Взять в работу');
    await specialist.getByLabel('Решение').selectOption({ label: 'Удовлетворено' });
    await specialist.getByLabel('Текст ответа').fill('Двор дома 3 осмотрен, льда нет, дорожки посыпаны песком.');
    await press(specialist, 'Отправить на согласование');
    const head = await enter('head');
    await signIn(head, okno, 'roads.head');
    await head.goto(`/desk/${letter.number}/agree`);
    await expect(head.locator('main')).toContainText('Ответ нужно напечатать и отправить по адресу: Морозова, 180000, Лесная, 3');
    await look(head, 'desk-agree-paper');
    await press(head, 'Согласовать и отправить');
    await specialist.goto('/desk?view=posting');
    await specialist.locator('.queue a.row', { hasText: letter.number }).click();
    await expect(specialist.locator('.work')).toContainText('Напечатайте ответ и отправьте по адресу');
    await look(specialist, 'desk-posting');
    const print = await specialist.getByRole('link', { name: 'Напечатать ответ' }).getAttribute('href');
    expect((await specialist.request.get(print)).headers()['content-type']).toBe('application/pdf');
    await specialist.getByRole('link', { name: 'Отметить отправку' }).first().click();
    await specialist.getByLabel('Отправлен: номер отправления').fill('18000092012345');
    await look(specialist, 'desk-post-answer');
    await press(specialist, 'Отметить');
    await expect(specialist.getByText('Отправка отмечена')).toBeVisible();
    await expect(specialist.locator('.work')).toContainText('№ отправления 18000092012345');
    const sender = await enter('sender of the letter');
    await sender.goto('/status');
    await sender.getByLabel('Номер обращения').fill(letter.number);
    await sender.getByLabel('Код возврата').fill(letter.code);
    await press(sender, 'Показать');
    await expect(sender.locator('main')).toContainText('Ответ отправлен письмом');
    await look(sender, 'case-posted');
    await operator.goto(`/reception/${letter.number}`);
    await expect(operator.locator('main')).toContainText('№ отправления 18000092012345');
    await operator.goto(`/reception/${letter.number}/coupon`);
    await expect(operator.locator('.receipt'), 'a coupon of an answered case promises no answer').toContainText('Ответ готов');
  });
});
