// What many write about becomes a problem: a head joins three appeals and sets a task, a specialist keeps
// its stages with a photograph, the applicant follows and says that it is not done, a head confirms,
// and everybody is told.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complainQuietly, daysFromToday, press, signIn, snow } from '../lib/deeds.js';

/** A photograph of one point. */
const photo = {
  name: 'yard.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64'),
};

test('three appeals become a problem whose works are followed to their end', async ({ enter, okno }) => {
  test.slow();
  const [specialist, head, guest] = [await enter('specialist'), await enter('head'), await enter('guest')];
  await signIn(specialist, okno, 'improvement');
  await signIn(head, okno, 'roads.head');
  const filed = [];
  for (const subject of ['Снег у дома 1', 'Снег у дома 3', 'Снег у дома 5']) {
    filed.push(await complainQuietly(okno, { ...snow, subject }));
  }

  await test.step('a head joins them', async () => {
    await head.goto('/desk/several?view=unit&order=newest');
    for (const { number } of filed) await head.getByLabel(number, { exact: true }).check();
    expect(await press(head, 'Объединить в проблему')).toBe(200);
    await look(head, 'problem-new');
    expect(await press(head, 'Объединить'), 'nothing is said yet').toBe(422);
    await head.getByLabel('Коротко, в чём проблема').fill('Не убирают снег на Садовой');
    await head.getByLabel('Подробнее').fill('Тротуар у домов 1–5 не чистят вторую неделю.');
    await head.getByLabel('Где').fill('улица Садовая');
    expect(await press(head, 'Объединить')).toBe(200);
    await expect(head.locator('main')).toContainText(filed[2].number);
    await look(head, 'desk-problem');
  });

  await test.step('whom it concerns too is led into the form with its subject', async () => {
    await guest.goto('/problems');
    await guest.getByRole('link', { name: 'Не убирают снег на Садовой' }).click();
    await guest.getByRole('link', { name: 'Написать о том же' }).click();
    await expect(guest.getByLabel('Снег и гололёд', { exact: true })).toBeChecked();
  });

  await test.step('and sets a task', async () => {
    await head.getByRole('link', { name: 'Поставить задачу', exact: true }).click();
    await head.getByLabel('Что за задача').fill('Вывезти снег с Садовой');
    await head.getByLabel('Что сделать').fill('Очистить тротуар у домов 1–5.');
    await head.getByLabel('Кто делает').selectOption('roads.improvement');
    await head.getByLabel('Срок').fill(daysFromToday(5));
    await look(head, 'task-new');
    expect(await press(head, 'Поставить задачу')).toBe(200);
    await head.goto('/desk/terms');
    await head.getByRole('link', { name: 'Задачи', exact: true }).click();
    await expect(head.getByRole('link', { name: 'Вывезти снег с Садовой' })).toBeVisible();
    await look(head, 'desk-terms-tasks');
  });

  await test.step('a specialist keeps its stages with a photograph', async () => {
    await specialist.goto('/desk');
    await specialist.getByRole('link', { name: /^Задачи, которые никто не взял/ }).click();
    await look(specialist, 'desk-tasks');
    await specialist.getByRole('link', { name: 'Вывезти снег с Садовой' }).click();
    await press(specialist, 'Взять задачу');
    await specialist.goto('/desk');
    await expect(specialist.getByRole('link', { name: /^Ваши задачи/ })).toBeVisible();
    await specialist.goBack();
    await specialist.getByRole('link', { name: 'Добавить этап' }).click();
    await specialist.getByLabel('Этап', { exact: true }).fill('Вывоз');
    await specialist.getByLabel('Окончание').fill(daysFromToday(2));
    expect(await press(specialist, 'Добавить этап')).toBe(200);
    await press(specialist, 'Начать работы');
    await specialist.getByRole('link', { name: 'Этап сделан' }).click();
    expect(await press(specialist, 'Этап сделан')).toBe(200);
    await expect(specialist.locator('main')).toContainText('Сделано 100 %');
    await specialist.getByRole('link', { name: 'Сообщить, что сделано' }).click();
    await specialist.getByLabel('Пояснение для всех').fill('Снег вывезен.');
    expect(await press(specialist, 'Сообщить, что сделано'), 'nothing proves it').toBe(422);
    await specialist.getByLabel('Пояснение для всех').fill('Снег вывезен.');
    await specialist.locator('input[type=file]').setInputFiles(photo);
    expect(await press(specialist, 'Сообщить, что сделано')).toBe(200);
    await look(specialist, 'desk-task');
  });

  await test.step('the applicant follows, and says that it is not done', async () => {
    await guest.goto('/status');
    await guest.getByLabel('Номер обращения').fill(filed[0].number);
    await guest.getByLabel('Код возврата').fill(filed[0].code);
    await press(guest, 'Показать');
    await expect(guest.locator('main')).toContainText('Снег вывезен.');
    await look(guest, 'case-works');
    await guest.getByRole('link', { name: 'Не сделано' }).click();
    await guest.getByLabel('Что не сделано').fill('У дома 1 снег лежит.');
    await guest.locator('input[type=file]').setInputFiles(photo);
    expect(await press(guest, 'Сообщить')).toBe(200);
    await expect(guest.getByText('Вы написали, что не сделано')).toBeVisible();
    await expect(guest.getByRole('link', { name: 'Не сделано' })).toHaveCount(0);
  });

  await test.step('a head looks, confirms and closes the problem', async () => {
    await head.goto('/desk?view=unit');
    await head.getByRole('link', { name: /^Работы ждут подтверждения/ }).click();
    await head.getByRole('link', { name: 'Вывезти снег с Садовой' }).click();
    await expect(head.locator('main')).toContainText('У дома 1 снег лежит.');
    await expect(head.getByRole('button', { name: 'Подтвердить' })).toHaveCount(0);
    await head.getByRole('link', { name: 'Оставить как сделанное' }).click();
    await head.getByLabel('Пояснение для всех').fill('Вывезли вечером, снимок приложен.');
    await press(head, 'Оставить как сделанное');
    expect(await press(head, 'Подтвердить')).toBe(200);
    await head.getByRole('link', { name: 'Из проблемы' }).click();
    await head.getByRole('link', { name: 'Закрыть проблему' }).click();
    await head.getByLabel('Как решили').fill('Снег вывезен, тротуар посыпан.');
    expect(await press(head, 'Закрыть проблему')).toBe(200);
  });

  await test.step('everybody reads it, and nobody reads who wrote', async () => {
    await guest.goto('/problems');
    await look(guest, 'problems');
    await guest.getByRole('link', { name: 'Не убирают снег на Садовой' }).click();
    await expect(guest.locator('main')).toContainText('Снег вывезен, тротуар посыпан.');
    await expect(guest.locator('main')).not.toContainText('Подснежников');
    await expect(guest.locator('main')).not.toContainText('снег лежит');
    await look(guest, 'problem');
    await guest.goto(`/cases/${filed[0].number}`);
    await expect(guest.locator('main')).toContainText('Проблема решена');
  });
});
