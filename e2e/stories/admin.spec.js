// The day of an administrator who is no programmer: a new unit with its letterhead and its head, a
// subject, a service made from another, a route tried before it is kept, a term, the words of a
// letter; a guest meets all of it, and the list of changes tells what was and what is.
import { deflateSync, crc32 } from 'node:zlib';
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { fill, next, press, receipt, signIn, snow } from '../lib/deeds.js';

/** A square of one colour, as a drawing program saves it. */
function png(side, [red, green, blue]) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([red, green, blue]))]);
  const points = deflateSync(Buffer.concat(Array(side).fill(line)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', points), chunk('IEND', Buffer.alloc(0))]);
}

test('the day of an administrator', async ({ enter, okno, scripts }) => {
  test.setTimeout(300_000);
  // Both projects may meet one store: what has a code of its own is named by the project.
  const mine = scripts ? 'on' : 'off';
  const unitName = scripts ? 'Отдел колодцев' : 'Отдел родников';
  const admin = await enter('administrator');
  await signIn(admin, okno, 'admin');

  await test.step('a unit with its territory and contacts', async () => {
    await admin.goto('/admin/units');
    await admin.getByRole('link', { name: 'Новое ведомство или подразделение' }).click();
    await admin.getByLabel('Подразделение', { exact: true }).check();
    await admin.getByLabel('Код').fill(`wells.${mine}`);
    await admin.getByLabel('Название по-русски').fill(unitName);
    await admin.getByLabel('Название по-английски').fill('Department of wells');
    await admin.getByLabel('Входит в').selectOption({ label: '— Министерство жилищно-коммунального хозяйства' });
    await press(admin, 'Добавить');
    await expect(admin.getByText('Добавлено. Теперь укажите территории и контакты.')).toBeVisible();
    await admin.getByLabel('город Озёрное').check();
    await admin.getByLabel('Телефон').fill('+7 48000 2-00-00');
    await admin.getByLabel('Сайт').fill('wells.okno.example');
    await press(admin, 'Сохранить');
    await expect(admin.getByText('Сохранено.')).toBeVisible();
    await look(admin, 'admin-unit-new-one');
  });

  await test.step('its letterhead, with a mark and a sample', async () => {
    await admin.getByRole('link', { name: 'Бланк писем' }).click();
    await look(admin, 'admin-letterhead-empty');
    await admin.getByLabel('Строка внизу страницы', { exact: false }).first().fill('ИНН 4800000000');
    expect(await press(admin, 'Сохранить')).toBe(422);
    await expect(admin.getByRole('alert')).toContainText('Укажите название');
    await admin.getByLabel('Полное название по-русски').fill(`Приозёрская область\n${unitName}`);
    await admin.getByLabel('Герб или знак').setInputFiles({ name: 'герб.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
    expect(await press(admin, 'Сохранить')).toBe(422);
    await expect(admin.getByRole('alert')).toContainText('Сохраните рисунок как PNG или JPEG');
    await look(admin, 'admin-letterhead-mistake');
    await admin.getByLabel('Герб или знак').setInputFiles({ name: 'герб.png', mimeType: 'image/png', buffer: png(640, [29, 53, 87]) });
    expect(await press(admin, 'Сохранить')).toBe(200);
    await expect(admin.getByText('Бланк сохранён. Посмотрите образец.')).toBeVisible();
    await expect(admin.getByAltText('Герб или знак на бланке сейчас')).toHaveJSProperty('naturalWidth', 320);
    await look(admin, 'admin-letterhead');
    const sample = await admin.request.get(await admin.getByRole('link', { name: 'Образец письма' }).getAttribute('href'));
    expect(sample.headers()['content-type']).toBe('application/pdf');
    expect((await sample.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await admin.goto('/admin/letterheads');
    await expect(admin.getByRole('row').filter({ hasText: unitName })).toContainText('Свой бланк');
    await look(admin, 'admin-letterheads');
  });

  await test.step('its head, with a post', async () => {
    await admin.goto('/admin/staff/new');
    await admin.getByLabel('Фамилия').fill('Родников');
    await admin.getByLabel('Имя', { exact: true }).fill('Ефим');
    await admin.getByLabel('Электронная почта').fill(`efim.${mine}@okno.example`);
    await admin.getByLabel('Руководитель').check();
    await admin.getByLabel('Подразделение').selectOption({ label: `— — ${unitName}` });
    await admin.getByLabel('Должность').fill('Начальник отдела');
    await press(admin, 'Пригласить');
    const post = admin.getByLabel(`Должность: Руководитель · ${unitName}`);
    await expect(post).toHaveValue('Начальник отдела');
    await post.fill('Заведующий отделом');
    await post.press('Enter');
    await expect(admin.getByText('Сохранено.')).toBeVisible();
    await expect(post).toHaveValue('Заведующий отделом');
    await look(admin, 'admin-account-post');
    await admin.goto('/admin/staff');
    await admin.getByLabel('Кого найти').fill('ефим родник');
    await press(admin, 'Найти');
    await expect(admin.getByRole('table').getByRole('link')).toHaveCount(1);
    await expect(admin.getByRole('link', { name: 'Родников Е.' })).toBeVisible();
    await look(admin, 'admin-staff-found');
    await admin.getByLabel('Кого найти').fill(`EFIM.${mine}`);
    await press(admin, 'Найти');
    await expect(admin.getByRole('link', { name: 'Родников Е.' })).toBeVisible();
    await admin.getByLabel('Кого найти').fill('никтов');
    await press(admin, 'Найти');
    await expect(admin.getByText('Никого не нашлось')).toBeVisible();
    await admin.getByRole('link', { name: 'Показать всех' }).click();
    await expect(admin.getByRole('table').getByRole('link', { name: 'Родников Е.' })).toBeVisible();
  });

  await test.step('a slip in the name and the e-mail of the head, put right', async () => {
    await admin.getByLabel('Кого найти').fill(`EFIM.${mine}`);
    await press(admin, 'Найти');
    await admin.getByRole('link', { name: 'Родников Е.' }).click();
    await admin.getByRole('link', { name: 'Исправить имя или почту' }).click();
    await look(admin, 'admin-corrections');
    await admin.getByLabel('Фамилия').fill('');
    expect(await press(admin, 'Исправить имя')).toBe(422);
    await look(admin, 'admin-corrections-mistake');
    await admin.getByLabel('Фамилия').fill('Ключевой');
    await admin.getByLabel('Отчество').fill('Ильич');
    await press(admin, 'Исправить имя');
    await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Ключевой Ефим Ильич');
    await admin.getByRole('link', { name: 'Исправить имя или почту' }).click();
    await expect(admin.getByText('Человек ещё не входил')).toBeVisible();
    await admin.getByLabel('Новая почта').fill(`kluchevoy.${mine}@okno.example`);
    await admin.getByLabel('Ваш пароль').fill(okno.log().match(/demo sign-in: admin@okno\.example \/ (\S+)/)[1]);
    await press(admin, 'Исправить почту');
    await expect(admin.getByText('На новую почту отправлена ссылка.')).toBeVisible();
    await expect(admin.getByText(`kluchevoy.${mine}@okno.example`)).toBeVisible();
  });

  await test.step('somebody whose last role was taken is found and given one again', async () => {
    const take = admin.getByRole('button', { name: /^Снять\s*: Руководитель/ });
    await take.first().click();
    await expect(admin.getByText('У человека нет роли.')).toBeVisible();
    await look(admin, 'admin-account-former');
    await admin.goto('/admin/staff');
    await expect(admin.getByRole('link', { name: 'Ключевой Е. И.' })).toHaveCount(0);
    await admin.getByRole('link', { name: 'Люди без ролей' }).click();
    await look(admin, 'admin-former');
    await admin.getByLabel('Почта целиком').fill('никто@okno.example');
    expect(await press(admin, 'Найти')).toBe(422);
    await look(admin, 'admin-former-nobody');
    await admin.getByRole('link', { name: 'Ключевой Е. И.' }).first().click();
    await admin.getByText('Дать роль', { exact: false }).first().click();
    await admin.getByLabel('Руководитель').check();
    await admin.getByLabel('Подразделение').selectOption({ label: `— — ${unitName}` });
    await press(admin, 'Дать роль');
    await expect(admin.getByText('У человека нет роли.')).toBeHidden();
  });

  await test.step('a subject that belongs to it', async () => {
    await admin.goto('/admin/categories/new?above=housing');
    await admin.getByLabel('Код').fill(`housing.wells-${mine}`);
    await admin.getByLabel('Название по-русски').fill(`Колодцы (${mine})`);
    await admin.getByLabel('Название по-английски').fill('Wells');
    await admin.getByLabel('Подразделение').selectOption({ label: unitName });
    await press(admin, 'Сохранить');
    await expect(admin.getByRole('link', { name: `Колодцы (${mine})`, exact: true })).toBeVisible();
  });

  await test.step('a service made from another', async () => {
    await admin.goto('/admin/services/complaint');
    await admin.getByRole('link', { name: 'Сделать копию' }).click();
    const editor = admin.getByLabel('Текст услуги');
    const text = await editor.inputValue();
    await editor.fill(text.replace(/code = ".*"/, `code = "wells-${mine}"`).replace(/^name = .*$/m, `name = { ru = "Жалоба на колодец (${mine})", en = "Complaint about a well" }`));
    expect(await press(admin, 'Проверить и показать')).toBe(200);
    await look(admin, 'admin-service-copy');
    await press(admin, 'Опубликовать');
    await admin.goto('/admin/services');
    await expect(admin.getByRole('link', { name: `Жалоба на колодец (${mine})` })).toBeVisible();
  });

  await test.step('a route for it, tried first', async () => {
    await admin.goto('/admin/routes/new');
    await admin.getByLabel('Услуга').selectOption({ label: `Жалоба на колодец (${mine})` });
    await admin.getByLabel('Подразделение').selectOption({ label: unitName });
    await admin.getByLabel('Причина по-русски').fill('Колодцами занимается отдел колодцев');
    await admin.getByLabel('Причина по-английски').fill('Wells are the business of their unit');
    await admin.getByLabel('Порядок').fill('2');
    await press(admin, 'Попробовать на прошлых обращениях');
    await expect(admin.getByText(/Проверено обращений: \d+/)).toBeVisible();
    await press(admin, 'Сохранить');
    await expect(admin.getByRole('row').filter({ hasText: `Жалоба на колодец (${mine})` })).toContainText(unitName);
  });

  await test.step('a guest files it and it comes to the new unit', async () => {
    const guest = await enter('guest');
    await guest.goto(`/services/wells-${mine}`);
    await guest.goto(`/file/wells-${mine}`);
    const words = { ...snow, section: 'Жильё и коммунальные услуги', category: `Колодцы (${mine})`, territory: 'город Озёрное' };
    for (const step of ['topic', 'matter', 'place', 'applicant']) {
      await fill[step](guest, words);
      expect(await next(guest), step).toBe(200);
    }
    await guest.getByLabel('Я согласен на обработку моих данных').check();
    await press(guest, 'Отправить жалобу');
    const { number } = await receipt(guest);
    await guest.goto(`/register/${number}`);
    await expect(guest.getByText(unitName).first()).toBeVisible();
  });

  await test.step('a term of its own and the words of a letter', async () => {
    await admin.goto('/admin/terms/service.certificate');
    await admin.getByLabel('Действует с').fill(scripts ? '2027-03-01' : '2027-04-01');
    await admin.getByLabel('Длина').fill(scripts ? '4' : '5');
    await admin.getByLabel('Причина').fill('Приказ № 7');
    await press(admin, 'Сохранить');
    await expect(admin.getByText(scripts ? '1 марта 2027' : '1 апреля 2027').first()).toBeVisible();
    await look(admin, 'admin-term');
    await admin.goto('/admin/templates/closed/ru');
    const subject = admin.getByLabel('Тема');
    await subject.fill(`Обращение {number} закрыто (${mine})`);
    await press(admin, 'Сохранить');
    await expect(admin.getByText('Письмо изменено')).toBeVisible();
  });

  await test.step('what was and what is', async () => {
    const told = async (kind, ...texts) => {
      await admin.goto(`/admin/log?kind=${kind}`);
      const rows = admin.getByRole('row');
      for (const text of texts) await expect(rows.filter({ hasText: text }).first(), `${kind}: ${text}`).toBeVisible();
    };
    await told('unit', 'телефон: — → +7 48000 2-00-00', 'изменён бланк');
    await look(admin, 'admin-log-units');
    await told('person', 'должность: Начальник отдела → Заведующий отделом');
    await told('person', 'фамилия: Р••• → К•••', 'почта исправлена', `почта: e•••@okno.example → k•••@okno.example`, 'просмотрены данные человека без роли');
    await look(admin, 'admin-log-people');
    await told('category', `Колодцы (${mine})`);
    await told('service', `wells-${mine}`);
    await told('law_setting', 'service.certificate', 'Приказ № 7');
    // The word «unit» is a code elsewhere; here somebody wrote it.
    await told('route_rule', 'Колодцами занимается отдел колодцев', 'Wells are the business of their unit');
    await told('template', `закрыто (${mine})`);
    await admin.goto('/admin/jobs');
    await look(admin, 'admin-jobs');
    await admin.goto('/admin/settings');
    await expect(admin.getByText('Код при входе обязателен для сотрудников')).toBeVisible();
    await look(admin, 'admin-settings');
  });

  await test.step('takes the rule and the service off again', async () => {
    await admin.goto('/admin/routes');
    await admin.getByRole('link', { name: `Жалоба на колодец (${mine})` }).click();
    await press(admin, 'Убрать правило');
    await expect(admin.getByText('Правило убрано')).toBeVisible();
    await admin.goto('/admin/log?kind=route_rule');
    await expect(admin.getByRole('row').filter({ hasText: 'Колодцами занимается отдел колодцев → —' })).toBeVisible();
    await admin.goto(`/admin/services/wells-${mine}`);
    await press(admin, 'Перестать предлагать');
    const guest = await enter('another guest');
    await guest.goto('/');
    await expect(guest.getByRole('link', { name: 'Отправить жалобу' })).toHaveCount(1);
  });
});
