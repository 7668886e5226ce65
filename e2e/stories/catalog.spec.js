// The day of an administrator of the catalogue: a subject is added, a form gets a question, is looked
// at and published, a route is tried before it is kept; and a guest meets what was changed.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { fill, next, press, signIn, snow } from '../lib/deeds.js';

test('an administrator adds a subject and a question, and a guest meets both', async ({ enter, okno }) => {
  test.setTimeout(240_000);
  const admin = await enter('administrator');
  await signIn(admin, okno, 'admin');
  await admin.goto('/admin/categories');
  await look(admin, 'admin-categories');
  await admin.getByRole('link', { name: 'Добавить внутрь Дороги и благоустройство' }).click();
  await admin.getByLabel('Код').fill('roads.crossings');
  await admin.getByLabel('Название по-русски').fill('Пешеходные переходы');
  await admin.getByLabel('Название по-английски').fill('Pedestrian crossings');
  await admin.getByLabel('Приоритет').selectOption('high');
  await look(admin, 'admin-category-new');
  await press(admin, 'Сохранить');
  await expect(admin.getByRole('link', { name: 'Пешеходные переходы', exact: true })).toBeVisible();

  await admin.goto('/admin/services/complaint');
  await look(admin, 'admin-service');
  await admin.getByRole('link', { name: 'Править текст' }).click();
  const editor = admin.getByLabel('Текст услуги');
  const text = await editor.inputValue();
  const question = (max) => `[[form.steps.fields]]\nname = "witness"\nlabel = { ru = "Кто это видел", en = "Who saw it" }\nkind = { text = { max = ${max} } }\n\n[[form.steps]]\nid = "place"`;
  expect(text).toContain('[[form.steps]]\nid = "place"');
  await editor.fill(text.replace('[[form.steps]]\nid = "place"', question(0)));
  expect(await press(admin, 'Проверить и показать')).toBe(422);
  await expect(admin.getByRole('alert')).toContainText('Пределы «witness»');
  await look(admin, 'admin-edit-fault');
  await editor.fill(text.replace('[[form.steps]]\nid = "place"', question(100)));
  expect(await press(admin, 'Проверить и показать')).toBe(200);
  await expect(admin.getByText('+ name = "witness"')).toBeVisible();
  await expect(admin.getByLabel('Кто это видел')).toBeDisabled();
  await look(admin, 'admin-edit-preview');
  await press(admin, 'Опубликовать');
  await expect(admin.getByText('Написана здесь')).toBeVisible();

  const guest = await enter('guest');
  await guest.goto('/file/complaint');
  await fill.topic(guest, { ...snow, category: 'Пешеходные переходы' });
  expect(await next(guest)).toBe(200);
  await expect(guest.getByLabel('Кто это видел')).toBeVisible();
});

test('a route is tried on past appeals, and only then kept', async ({ enter, okno }) => {
  const admin = await enter('administrator');
  await signIn(admin, okno, 'admin');
  await admin.goto('/admin/routes');
  await look(admin, 'admin-routes');
  await admin.getByRole('link', { name: 'Новое правило' }).click();
  await admin.getByLabel('Тема').selectOption('roads.greening');
  await admin.getByLabel('Подразделение').selectOption('reception');
  await admin.getByLabel('Причина по-русски').fill('Деревьями занимается приёмная');
  await admin.getByLabel('Причина по-английски').fill('Reception is responsible for trees');
  await admin.getByLabel('Порядок').fill('1');
  await press(admin, 'Попробовать на прошлых обращениях');
  await expect(admin.getByText(/Проверено обращений: \d+/)).toBeVisible();
  await look(admin, 'admin-route-trial');
  await press(admin, 'Сохранить');
  await expect(admin.getByText('Деревьями занимается приёмная')).toBeVisible();
});

test('a problem with an online service is narrowed by its kind', async ({ enter, scripts }) => {
  const guest = await enter('guest');
  await guest.goto('/services');
  await look(guest, 'services');
  await guest.getByRole('link', { name: 'Жалоба на онлайн-сервис' }).click();
  await guest.getByRole('link', { name: 'Пожаловаться на сервис' }).click();
  await guest.getByLabel('Ошибка в личном кабинете').check();
  await guest.getByLabel('Какой это сервис').fill('Личный кабинет');
  expect(await next(guest)).toBe(200);
  await expect(guest.getByLabel('Не получается войти')).toBeVisible();
  await expect(guest.getByText('Снег и гололёд')).toHaveCount(0);
  await guest.getByLabel('Не получается войти').check();
  expect(await next(guest)).toBe(200);
  if (scripts) {
    // What is wrong is told while typing, before anything is sent.
    await guest.getByLabel('Что вы делали и что увидели').fill('мало');
    await guest.getByLabel('Коротко о проблеме').click();
    await expect(guest.getByText(/нужно хотя бы 20 знаков, сейчас 4/).first()).toBeVisible();
    await guest.getByLabel('Что вы делали и что увидели').fill('Нажимаю «Войти», ввожу пароль, и ничего не происходит.');
    await guest.getByLabel('Коротко о проблеме').click();
    await expect(guest.getByText(/нужно хотя бы 20 знаков/)).toHaveCount(0);
  }
});
