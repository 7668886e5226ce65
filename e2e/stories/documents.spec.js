// Documents: a guest sends a photograph with a complaint, the specialist sees it, says what is
// wrong with another one, and the guest sends more. With scripts and without.
import { readFileSync } from 'node:fs';
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { fill, next, press, receipt, signIn, snow } from '../lib/deeds.js';

/** A JPEG of 160 × 120 points drawn by the browser of the test, with a camera's remark put into it. */
async function photograph(page) {
  const drawing = await page.context().browser().newPage();
  await drawing.setViewportSize({ width: 160, height: 120 });
  await drawing.setContent('<body style="margin:0;background:linear-gradient(#9cf,#fff)"><h1>Двор</h1></body>');
  const jpeg = await drawing.screenshot({ type: 'jpeg', quality: 80 });
  await drawing.close();
  const remark = Buffer.from('Klavdia was here');
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, remark.length + 2]), remark]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

const yard = (buffer) => ({ name: 'двор.jpg', mimeType: 'image/jpeg', buffer });

test('a guest files a complaint with a photograph and the specialist sees it', async ({ enter, okno }) => {
  const guest = await enter('guest');
  const photo = await photograph(guest);
  await guest.goto('/file/complaint');
  for (const step of ['topic', 'matter', 'place', 'applicant']) {
    await fill[step](guest, snow);
    expect(await next(guest)).toBe(200);
  }
  await guest.getByRole('link', { name: 'Приложить фото или документы' }).click();

  await test.step('a file that is not what it says is refused in words', async () => {
    await look(guest, 'documents-empty');
    expect(await press(guest, 'Приложить')).toBe(422);
    await expect(guest.locator('#errors')).toContainText('Выберите файл');
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    await guest.getByLabel('Файлы').setInputFiles({ name: 'скан.pdf', mimeType: 'application/pdf', buffer: page });
    expect(await press(guest, 'Приложить')).toBe(422);
    await expect(guest.locator('#errors')).toContainText('«скан.pdf»: это веб-страница');
    await look(guest, 'documents-refused');
  });

  await test.step('the photograph is there with its small picture', async () => {
    await guest.getByLabel('Файлы').setInputFiles([yard(photo), { ...yard(photo), name: 'второй.jpg' }]);
    expect(await press(guest, 'Приложить')).toBe(200);
    await expect(guest.locator('.files li'), 'the same picture twice is one').toHaveCount(1);
    await expect(guest.locator('.files b', { hasText: 'двор.jpg' })).toBeVisible();
    const small = guest.getByAltText('Снимок: двор.jpg');
    expect(await small.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(160);
    await look(guest, 'documents-attached');
  });

  let case_;
  await test.step('and goes with the complaint', async () => {
    await next(guest);
    await expect(guest.locator('main')).toContainText('двор.jpg');
    await guest.getByLabel('Я согласен на обработку моих данных').check();
    await press(guest, 'Отправить жалобу');
    case_ = await receipt(guest);
  });

  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'improvement');
  await test.step('the specialist looks at it and says what is wrong', async () => {
    await specialist.goto(`/desk/${case_.number}`);
    await press(specialist, 'Взять в работу');
    await expect(specialist.getByRole('link', { name: 'двор.jpg' }).locator('img'), 'the case shows what was sent').toBeVisible();
    await specialist.getByRole('link', { name: 'Посмотреть 1 документ или приложить ещё' }).click();
    await expect(specialist.locator('.files b', { hasText: 'двор.jpg' })).toBeVisible();
    await look(specialist, 'documents-staff');
    const shown = await specialist.request.get(await specialist.getByRole('link', { name: 'Посмотреть двор.jpg' }).getAttribute('href'));
    expect(shown.headers()['content-disposition']).toContain('inline');
    expect(shown.headers()['content-security-policy']).toContain('sandbox');
    expect(shown.headers()['x-content-type-options']).toBe('nosniff');
    expect((await shown.body()).includes('Klavdia'), 'the copy has no remarks').toBe(false);
    const kept = await specialist.request.get(await specialist.getByRole('link', { name: 'Скачать двор.jpg' }).getAttribute('href'));
    expect(kept.headers()['content-disposition']).toContain('attachment');
    expect((await kept.body()).includes('Klavdia'), 'nor has the file to keep').toBe(false);
    expect((await kept.body()).subarray(0, 3).toString('hex'), 'which is still a JPEG').toBe('ffd8ff');
    await specialist.locator('summary', { hasText: 'Не подходит' }).click();
    await specialist.getByLabel('Что не так').fill('Не видно номера дома');
    await press(specialist, 'Сообщить заявителю');
    await expect(specialist.locator('main')).toContainText('Не видно номера дома');
  });

  await test.step('the original is had by saying what for', async () => {
    await specialist.locator('summary', { hasText: 'Получить оригинал' }).click();
    expect(await press(specialist, 'Записать и скачать')).toBe(422);
    await expect(specialist.locator('#errors')).toContainText('Для чего нужен оригинал');
    await look(specialist, 'documents-original');
    await specialist.getByLabel('Для чего нужен оригинал').fill('Проверить, у какого дома снято');
    const [download] = await Promise.all([
      specialist.waitForEvent('download'),
      specialist.getByRole('button', { name: 'Записать и скачать' }).click(),
    ]);
    expect(readFileSync(await download.path()).equals(photo), 'as it was sent').toBe(true);
  });

  await test.step('the guest reads it and sends another', async () => {
    await guest.goto(`/cases/${case_.number}/documents`);
    await expect(guest.locator('main')).toContainText('Не видно номера дома');
    const own = await guest.request.get(await guest.getByRole('link', { name: 'Скачать двор.jpg' }).getAttribute('href'));
    expect((await own.body()).equals(photo), 'the one who sent it has it back as it was').toBe(true);
    await look(guest, 'documents-faulty');
    const better = Buffer.concat([photo.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 3, 0x32]), photo.subarray(2)]);
    await guest.getByLabel('Файлы').setInputFiles({ name: 'дом 7.jpg', mimeType: 'image/jpeg', buffer: better });
    await press(guest, 'Приложить');
    await expect(guest.locator('.files li')).toHaveCount(2);
    await guest.goto(`/cases/${case_.number}/history`);
    await expect(guest.locator('main')).toContainText('Документ не подходит: двор.jpg');
    await expect(guest.locator('main')).toContainText('Приложен документ: дом 7.jpg');
    await expect(guest.locator('main')).toContainText('Сотрудник получил оригинал файла: двор.jpg');
    await expect(guest.locator('main')).toContainText('Проверить, у какого дома снято');
  });

  const stranger = await enter('stranger');
  await signIn(stranger, okno, 'health');
  const closed = await stranger.request.get(`/cases/${case_.number}/documents`);
  expect(closed.status()).toBe(404);
});
