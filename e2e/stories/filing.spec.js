// Who files: an organisation with two people beside it and a paper; somebody who has found a mistake
// on a page; and somebody who is told why they must sign in. With scripts and without.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { fill, next, press, receipt, signIn, snow } from '../lib/deeds.js';

/** A paper of one page, printed by the browser of the test. */
async function paper(page) {
  const sheet = await page.context().browser().newPage();
  await sheet.setContent('<h1>Акт осмотра</h1><p>Двор не убран.</p>');
  const pdf = await sheet.pdf({ format: 'A5' });
  await sheet.close();
  return { name: 'акт осмотра.pdf', mimeType: 'application/pdf', buffer: pdf };
}

const person = (page, number) => page.getByRole('group', { name: `Соавтор ${number}`, exact: true });

test('an organisation files with two co-applicants and a paper', async ({ enter, okno }) => {
  const director = await enter('director');
  await director.goto('/file/complaint');
  for (const step of ['topic', 'matter', 'place']) {
    await fill[step](director, snow);
    expect(await next(director)).toBe(200);
  }

  await test.step('its questions appear with the choice', async () => {
    await expect(director.getByLabel('Гражданин')).toBeChecked();
    await expect(director.getByLabel('ИНН организации')).toBeHidden();
    await director.getByLabel('Организация', { exact: true }).check();
    await expect(director.getByLabel('ИНН организации')).toBeVisible();
    await expect(director.getByLabel('ИНН предпринимателя')).toBeHidden();
    await look(director, 'filing-organisation');
    await director.getByLabel('Название организации').fill('ООО «Озёрное»');
    await director.getByLabel('ИНН организации').fill('7707083894');
    await director.getByLabel('Должность того, кто подписывает').fill('генеральный директор');
    await fill.applicant(director, snow);
    expect(await next(director)).toBe(422);
    await expect(director.getByRole('alert')).toContainText('В номере опечатка: сверьте с документом все 10 цифр');
    await expect(director.getByLabel('Организация', { exact: true })).toBeChecked();
    await director.getByLabel('ИНН организации').fill('7707 083 893');
  });

  await test.step('two people are added, and nothing that was typed is lost', async () => {
    expect(await press(director, 'Добавить соавтора')).toBe(200);
    await expect(director.getByLabel('Название организации')).toHaveValue('ООО «Озёрное»');
    await person(director, 1).getByLabel('Фамилия, имя и отчество').fill('Борисов Борис Борисович');
    await person(director, 1).getByLabel('Электронная почта').fill('boris@example.ru');
    await press(director, 'Добавить ещё одного');
    await person(director, 2).getByLabel('Фамилия, имя и отчество').fill('Лишний Человек');
    await press(director, 'Добавить ещё одного');
    await person(director, 3).getByLabel('Фамилия, имя и отчество').fill('Иванова Ольга');
    await person(director, 2).getByRole('button', { name: 'Убрать' }).click();
    await expect(person(director, 2).getByLabel('Фамилия, имя и отчество')).toHaveValue('Иванова Ольга');
    await expect(person(director, 3)).toHaveCount(0);
    expect(await next(director)).toBe(422);
    await expect(director.getByRole('alert')).toContainText('иначе этому человеку не ответить');
    await look(director, 'filing-co-applicants');
    await person(director, 2).getByLabel('Почтовый адрес').fill('улица Лесная, дом 14');
  });

  await test.step('a paper is attached from the last page of questions', async () => {
    expect(await press(director, 'Приложить фото или документы')).toBe(200);
    await director.getByLabel('Файлы').setInputFiles(await paper(director));
    expect(await press(director, 'Приложить')).toBe(200);
    await expect(director.locator('.files b', { hasText: 'акт осмотра.pdf' })).toBeVisible();
    await next(director);
  });

  let case_;
  await test.step('everything stands on the last page and is sent', async () => {
    const main = director.locator('main');
    for (const text of ['ООО «Озёрное»', '7707083893', 'генеральный директор', 'Борисов Борис Борисович, boris@example.ru', 'Иванова Ольга, улица Лесная, дом 14', 'акт осмотра.pdf']) {
      await expect(main).toContainText(text);
    }
    await look(director, 'filing-review');
    await director.getByLabel('Я согласен на обработку моих данных').check();
    await press(director, 'Отправить жалобу');
    case_ = await receipt(director);
    await director.goto(`/cases/${case_.number}`);
    await expect(director.locator('main')).toContainText('Иванова Ольга');
    await look(director, 'filing-case');
  });

  await test.step('the specialist sees for whom it is, and the register does not', async () => {
    const specialist = await enter('specialist');
    await signIn(specialist, okno, 'improvement');
    await specialist.goto(`/desk/${case_.number}`);
    for (const text of ['ООО «Озёрное»', '7707083893', 'Борисов Борис Борисович', 'Иванова Ольга']) {
      await expect(specialist.locator('main')).toContainText(text);
    }
    await look(specialist, 'filing-desk');
    const open = await (await fetch(`${okno.url}/register/${encodeURIComponent(case_.number)}`)).text();
    expect(['Озёрное', '7707083893', 'Борисов', 'Иванова'].filter((secret) => open.includes(secret))).toEqual([]);
  });
});

test('somebody tells of a mistake on a page without an account', async ({ enter, okno }) => {
  const guest = await enter('guest');
  await guest.goto('/services/complaint?from=somewhere');
  await guest.getByRole('link', { name: 'Сообщить об ошибке на этой странице' }).click();
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Обратная связь');
  await expect(guest.getByLabel('Страница')).toHaveValue('/services/complaint');
  await expect(guest.getByLabel('Ошибка на странице'), 'what the link said is chosen').toBeChecked();
  await look(guest, 'feedback');
  expect(await press(guest, 'Отправить сообщение')).toBe(422);
  await expect(guest.getByRole('alert').getByRole('listitem')).toHaveCount(2);
  await look(guest, 'feedback-mistakes');
  await guest.getByLabel('Что вы хотите сказать').fill('Ссылка на закон ведёт не туда.');
  await guest.getByLabel('Я согласен на обработку моих данных').check();
  expect(await press(guest, 'Отправить сообщение')).toBe(200);
  const { number, code } = await receipt(guest);
  expect(code, 'a guest gets a return code').not.toBeNull();
  await guest.goto(`/cases/${number}`);
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('Ошибка на странице');
  await expect(guest.locator('main')).toContainText('/services/complaint');
  expect((await fetch(`${okno.url}/register/${encodeURIComponent(number)}`)).status, 'it is nobody else’s business').toBe(404);
});

test('a picture goes with feedback', async ({ enter }) => {
  const guest = await enter('guest');
  await guest.goto('/feedback');
  await guest.getByLabel('Неудобно или непонятно').check();
  await guest.getByLabel('Что вы хотите сказать').fill('Кнопка не видна на телефоне.');
  expect(await press(guest, 'Приложить снимок экрана')).toBe(200);
  await guest.getByLabel('Файлы').setInputFiles({ name: 'экран.png', mimeType: 'image/png', buffer: await guest.screenshot() });
  await next(guest);
  await expect(guest.locator('main')).toContainText('экран.png');
  await guest.getByLabel('Я согласен на обработку моих данных').check();
  await press(guest, 'Отправить сообщение');
  await receipt(guest);
});

test('a guest is told why a service asks to sign in, and comes back to it', async ({ enter, okno }) => {
  const guest = await enter('guest');
  await guest.goto('/services/certificate');
  await expect(guest.locator('main')).toContainText('Здесь нужен вход');
  await expect(guest.getByRole('link', { name: 'Заказать справку' })).toHaveCount(0);
  await look(guest, 'service-sign-in');
  await guest.getByRole('link', { name: 'Войти и продолжить' }).click();
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Вход');
  const said = okno.log().match(/demo sign-in: anna@okno\.example \/ (\S+)/);
  await guest.getByLabel('Электронная почта').fill('anna@okno.example');
  await guest.getByLabel('Пароль').fill(said[1]);
  await press(guest, 'Войти');
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Какая справка нужна?');
});

test('a draft begun on a phone is gone on with at a desk, and the place is shown on the map', async ({ enter, okno }) => {
  const subject = 'Не убирают снег у школы';
  const phone = await enter('phone');
  await signIn(phone, okno, 'anna');
  await phone.setViewportSize({ width: 360, height: 740 });
  await phone.goto('/profile');
  await phone.getByLabel('Название организации').fill('ООО «Озёрное»');
  await phone.getByLabel('ИНН организации').fill('7707083894');
  await phone.getByLabel('Ваша должность').fill('Директор');
  expect(await press(phone, 'Сохранить'), 'the last digit is wrong').toBe(422);
  await look(phone, 'profile-organisation-mistake');
  await phone.getByLabel('ИНН организации').fill('7707083893');
  expect(await press(phone, 'Сохранить')).toBe(200);
  await expect(phone.getByLabel('ИНН организации')).toHaveValue('7707083893');
  await phone.goto('/file/complaint');
  await fill.topic(phone, snow);
  await next(phone);
  await fill.matter(phone, { ...snow, subject });
  await next(phone);

  const desk = await enter('desk');
  await signIn(desk, okno, 'anna');
  await desk.goto('/cabinet');
  await look(desk, 'cabinet-draft');
  await desk.getByRole('link', { name: subject, exact: true }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Где это случилось?');
  const pressed = desk.waitForURL(/#f-place\.map-label$/);
  await desk.getByAltText('Карта районов: нажмите на место события').click({ position: { x: 90, y: 50 } });
  await pressed;
  await expect(desk.getByLabel('Район или город')).toHaveValue('severny');
  await expect(desk.getByLabel('Адрес или ориентир'), 'the point stands beside the address').toHaveValue('');
  await expect(desk.locator('main')).toContainText(/Точка на карте: 5\d\.\d+, \d+\.\d+/);
  await press(desk, 'Убрать точку');
  await expect(desk.locator('main')).not.toContainText('Точка на карте');
  await desk.getByAltText('Карта районов: нажмите на место события').click({ position: { x: 90, y: 50 } });
  await expect(desk.locator('main')).toContainText('Точка на карте');
  await desk.getByLabel('Адрес или ориентир').fill('За школой');
  await expect(desk.getByAltText('Карта районов: нажмите на место события'), 'one need not look for the map again').toBeInViewport();
  await look(desk, 'filing-map');
  expect(await next(desk)).toBe(200);
  await expect(desk.getByLabel('Фамилия'), 'the profile is known').not.toHaveValue('');
  await desk.getByLabel('Организация', { exact: true }).check();
  await expect(desk.getByLabel('Название организации')).toHaveValue('ООО «Озёрное»');
  await expect(desk.getByLabel('ИНН организации')).toHaveValue('7707083893');
  await expect(desk.getByLabel('Должность того, кто подписывает')).toHaveValue('Директор');
  await desk.getByLabel('Индивидуальный предприниматель').check();
  await desk.getByLabel('ИНН предпринимателя').fill('500100732259');
  expect(await next(desk)).toBe(200);
  await expect(desk.locator('main')).toContainText('500100732259');

  await expect(desk.getByAltText('Карта с отмеченной точкой')).toBeVisible();
  await expect(desk.locator('main')).toContainText('За школой');
  await look(desk, 'filing-point');

  await phone.reload();
  await phone.goto('/cabinet');
  await phone.getByRole('link', { name: subject, exact: true }).click();
  await expect(phone.getByRole('heading', { level: 1 }), 'the phone goes on where the desk stopped').toHaveText('Проверьте и отправьте');

  await phone.getByRole('link', { name: 'Удалить черновик' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Удалить черновик?');
  await expect(phone.locator('main')).toContainText(subject);
  await look(phone, 'draft-drop');
  await phone.getByRole('link', { name: 'Оставить' }).click();
  await desk.goto('/cabinet');
  await desk.getByRole('link', { name: `Удалить черновик ${subject}` }).click();
  await press(desk, 'Удалить черновик');
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Мои обращения');
  await expect(desk.locator('body')).toContainText('Черновик удалён');
  await expect(desk.getByRole('link', { name: subject })).toHaveCount(0);
});

test('what a guest has begun is offered again, and Back leads to it after a mistake', async ({ enter }) => {
  const guest = await enter('guest');
  await guest.goto('/services');
  await expect(guest.getByRole('link', { name: 'Продолжить' })).toHaveCount(0);
  await guest.goto('/file/complaint');
  await fill.topic(guest, snow);
  expect(await next(guest)).toBe(200);
  await fill.matter(guest, { ...snow, description: 'Снег' });
  expect(await next(guest)).toBe(422);
  await expect(guest.getByRole('alert')).toContainText('Напишите подробнее');

  await test.step('the page with mistakes is one that can be gone back to', async () => {
    await look(guest, 'filing-mistake');
    await expect(guest.getByLabel('Опишите проблему')).toHaveValue('Снег');
    await fill.matter(guest, snow);
    expect(await next(guest)).toBe(200);
    await guest.goBack();
    await expect(guest.getByLabel('Коротко о проблеме')).toHaveValue(snow.subject);
    await guest.goBack();
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Что случилось?');
  });

  await test.step('and is found again where filing begins', async () => {
    for (const page of ['/', '/services', '/file/complaint']) {
      await guest.goto(page);
      await expect(guest.locator('main'), page).toContainText('У вас есть начатый черновик «Жалоба»');
    }
    await look(guest, 'filing-begun');
    await guest.goto('/file/proposal');
    await expect(guest.locator('main')).not.toContainText('начатый черновик');
    await guest.goto('/services');
    await guest.getByRole('link', { name: 'Продолжить' }).click();
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Где это случилось?');
  });
});
