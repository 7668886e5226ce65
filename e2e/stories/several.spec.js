// Several answers read and decided at once by a head, the figures that tell of quality, and a queue
// that is narrowed and keeps its place.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complainQuietly, press, signIn, snow } from '../lib/deeds.js';

test('a head reads several answers and decides, and sees how the work is rated', async ({ enter, okno }) => {
  test.slow();
  const specialist = await enter('specialist');
  const head = await enter('head');
  await signIn(specialist, okno, 'improvement');
  await signIn(head, okno, 'roads.head');
  const filed = [];
  await test.step('three answers wait', async () => {
    for (const subject of ['Снег у аптеки', 'Снег у библиотеки', 'Снег у бани']) {
      const one = await complainQuietly(okno, { ...snow, subject });
      filed.push(one);
      await specialist.goto(`/desk/${one.number}`);
      await press(specialist, 'Взять в работу');
      await specialist.getByLabel('Решение').selectOption({ label: 'Удовлетворено' });
      await specialist.getByLabel('Текст ответа').fill(`${subject} убрали 22 ноября, дорожку посыпали песком.`);
      await press(specialist, 'Отправить на согласование');
    }
  });

  await test.step('two are agreed to as they were read, one goes back', async () => {
    await head.goto('/desk/several?view=agreement');
    expect(await press(head, 'Прочитать ответы и решить'), 'none is ticked').toBe(200);
    await expect(head.getByRole('alert').first()).toBeVisible();
    for (const { number } of filed) await head.getByLabel(number, { exact: true }).check();
    await look(head, 'desk-several-agreement');
    expect(await press(head, 'Прочитать ответы и решить')).toBe(200);
    await expect(head.locator('main')).toContainText('Снег у аптеки убрали 22 ноября');
    await expect(head.locator('main')).toContainText(snow.description);
    await look(head, 'desk-several-decide');
    // Meanwhile one is written anew.
    await head.getByLabel(`Решить и это дело ${filed[2].number}`).uncheck();
    expect(await press(head, 'Согласовать и отправить отмеченные')).toBe(200);
    await expect(head.locator('main [role=status]')).toContainText('2 из 2');
    await head.goto('/desk/several?view=agreement');
    await head.getByLabel(filed[2].number, { exact: true }).check();
    await press(head, 'Прочитать ответы и решить');
    expect(await press(head, 'Вернуть отмеченные на доработку')).toBe(422);
    await head.getByLabel('Что исправить').fill('Назовите, кто убирал.');
    expect(await press(head, 'Вернуть отмеченные на доработку')).toBe(200);
    await specialist.goto(`/desk/${filed[2].number}`);
    await expect(specialist.locator('main')).toContainText('Назовите, кто убирал.');
  });

  await test.step('what is answered is closed together', async () => {
    await specialist.goto('/desk/several?view=mine');
    for (const { number } of filed.slice(0, 2)) await specialist.getByLabel(number, { exact: true }).check();
    expect(await press(specialist, 'Завершить дело')).toBe(200);
    await expect(specialist.locator('main [role=status]')).toContainText('Завершено: 2 из 2');
  });

  await test.step('a low rating stands before the head', async () => {
    const guest = await enter('guest');
    await guest.goto('/status');
    await guest.getByLabel('Номер обращения').fill(filed[0].number);
    await guest.getByLabel('Код возврата').fill(filed[0].code);
    await press(guest, 'Показать');
    await guest.goto(`/cases/${filed[0].number}/do/rate`);
    await guest.locator('input[name=stars][value="1"]').check();
    await guest.locator('[name=comment]').fill('Снег так и лежит.');
    await guest.locator('main form button').first().click();
    await head.goto('/desk/statistics');
    await expect(head.locator('main')).toContainText('Средняя оценка 1,0 из 5');
    await expect(head.locator('main')).toContainText('Снег так и лежит.');
    await look(head, 'desk-statistics-quality');
  });

  await test.step('the queue is narrowed, and keeps its place', async () => {
    await specialist.goto('/desk?view=unit&state=in_work&order=newest');
    await expect(specialist.getByLabel('Состояние')).toHaveValue('in_work');
    const rows = specialist.locator('.queue a.row');
    await expect(rows.filter({ hasText: filed[2].number })).toHaveCount(1);
    await look(specialist, 'desk-narrowed');
    await rows.filter({ hasText: filed[2].number }).click();
    await press(specialist, 'Сохранить черновик');
    expect(specialist.url()).toContain('state=in_work');
    expect(specialist.url()).toContain('order=newest');
    // What was chosen stands in a line, and the fields leave the room to the rows.
    await expect(specialist.locator('.queue .chosen')).toContainText('В работе');
    await expect(specialist.getByLabel('Состояние')).toBeHidden();
    await specialist.getByText('Отбор и порядок', { exact: true }).click();
    await specialist.getByLabel('Состояние').selectOption('waiting');
    await press(specialist, 'Отобрать');
    await expect(specialist.locator('.queue')).toContainText('По этому отбору дел нет');
  });
});
