// A person without an account complains, makes every usual mistake on the way, comes back by number
// and code, finds the entry in the open register, and proves offline that it was recorded.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, expect } from '../lib/test.js';
import { start } from '../lib/okno.js';
import { look } from '../lib/checks.js';
import { complain, complainQuietly, daysFromToday, download, fill, keyOf, next, press, proofOf, receipt, signIn, snow, verdictOf } from '../lib/deeds.js';

/** The summary on top names the mistakes, and each leads to its field, which tells the same. */
async function mistakes(page, expected) {
  const summary = page.getByRole('alert');
  await expect(summary).toBeVisible();
  for (const [field, text] of Object.entries(expected)) {
    await expect(summary.locator(`a[href="#f-${field}"]`), `the summary leads to ${field}`).toContainText(text);
    await expect(page.locator(`[id="f-${field}-wrong"]`), `${field} tells its mistake`).toContainText(text);
  }
  await expect(summary.getByRole('listitem')).toHaveCount(Object.keys(expected).length);
}

test('a guest files a complaint, with mistakes on the way, and comes back by number and code', async ({ enter, okno, scripts }) => {
  const guest = await enter('guest');
  let number;
  let code;

  await test.step('sees what can be done', async () => {
    await guest.goto('/');
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Что нужно сделать?');
    for (const service of ['Отправить жалобу', 'Отправить предложение', 'Отправить запрос']) {
      await expect(guest.getByRole('link', { name: service })).toBeVisible();
    }
    await look(guest, 'home');
    await guest.getByRole('link', { name: 'Отправить жалобу' }).click();
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Жалоба');
    await look(guest, 'service');
    await guest.getByRole('link', { name: 'Отправить жалобу' }).click();
  });

  await test.step('forgets to choose a subject', async () => {
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('О чём жалоба?');
    await look(guest, 'file-1-topic');
    expect(await next(guest)).toBe(422);
    await mistakes(guest, { category: 'Выберите тему' });
    await look(guest, 'file-1-topic-mistake');
    await fill.topic(guest, snow);
    await next(guest);
  });

  await test.step('leaves fields empty, writes too little, names a day to come', async () => {
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Что случилось?');
    await look(guest, 'file-2-matter');
    expect(await next(guest)).toBe(422);
    await mistakes(guest, { subject: '', description: '', happened_on: '', expected: '' });
    await fill.matter(guest, { ...snow, description: 'Снег', happened_on: daysFromToday(3) });
    expect(await next(guest)).toBe(422);
    await mistakes(guest, { description: 'Напишите подробнее', happened_on: 'ещё не наступила' });
    await expect(guest.getByLabel('Коротко о проблеме')).toHaveValue(snow.subject);
    await expect(guest.getByLabel('Опишите проблему')).toHaveValue('Снег');
    await expect(guest.getByLabel('Когда это случилось')).toHaveValue(daysFromToday(3));
    await expect(guest.getByLabel('Какого результата вы ждёте')).toHaveValue(snow.expected);
    await look(guest, 'file-2-matter-mistakes');
    await fill.matter(guest, snow);
    expect(await next(guest)).toBe(200);
  });

  await test.step('goes back and finds everything as it was', async () => {
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Где это случилось?');
    await guest.getByRole('link', { name: 'Назад', exact: true }).click();
    await expect(guest.getByLabel('Опишите проблему')).toHaveValue(snow.description);
    await guest.getByRole('link', { name: 'Назад', exact: true }).click();
    await expect(guest.getByLabel(snow.category)).toBeChecked();
    await next(guest);
    await next(guest);
    await look(guest, 'file-3-place');
    expect(await next(guest)).toBe(422);
    await mistakes(guest, { 'place.territory': 'Выберите' });
    await fill.place(guest, snow);
    await next(guest);
  });

  await test.step('mistypes the e-mail address', async () => {
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Кому ответить?');
    await look(guest, 'file-4-applicant');
    await fill.applicant(guest, { ...snow, email: 'klavdia.example.ru' });
    expect(await next(guest)).toBe(422);
    await mistakes(guest, { 'applicant.email': 'Проверьте адрес почты' });
    await expect(guest.getByLabel('Фамилия')).toHaveValue(snow.last_name);
    await fill.applicant(guest, snow);
    await next(guest);
  });

  await test.step('reads everything again, changes a line, forgets the consent', async () => {
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Проверьте и отправьте');
    for (const text of [snow.category, snow.subject, snow.description, snow.expected, snow.territory, snow.last_name, snow.email]) {
      await expect(guest.locator('main')).toContainText(text);
    }
    await look(guest, 'file-5-review');
    await guest.getByRole('link', { name: 'Изменить Коротко о проблеме' }).click();
    await guest.getByLabel('Коротко о проблеме').fill('Не убирают снег у детского сада «Ромашка»');
    await next(guest);
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Проверьте и отправьте');
    await expect(guest.locator('main')).toContainText('«Ромашка»');
    expect(await press(guest, 'Отправить жалобу')).toBe(422);
    await mistakes(guest, { consent: 'Без согласия' });
    await look(guest, 'file-5-review-mistake');
    await guest.getByLabel('Я согласен на обработку моих данных').check();
    expect(await press(guest, 'Отправить жалобу')).toBe(200);
  });

  await test.step('gets a number, a date with its reasons, and a code', async () => {
    ({ number, code } = await receipt(guest));
    expect(code, 'a guest gets a return code').not.toBeNull();
    await expect(guest.locator('p.due time').first()).toHaveText(/^до (понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья),\s\d+\s[а-я]+/);
    await look(guest, 'receipt');
    await guest.getByRole('link', { name: 'Почему эта дата?' }).click();
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Почему эта дата?');
    expect(await guest.locator('ol.explain li').count()).toBeGreaterThanOrEqual(3);
    await expect(guest.locator('main'), 'the reasons name an article').toContainText(/стать|ст\.|част[ьи]|пункт/);
    await expect(guest.locator('#route ~ p').first()).not.toBeEmpty();
    await look(guest, 'case-why');
    await guest.goBack();
    expect((await receipt(guest)).code, 'the receipt is still there').toBe(code);
  });

  await test.step('comes back later, from another device, by number and code', async () => {
    const later = await enter('guest, later');
    await later.goto(`/cases/${number}`);
    await expect(later.getByRole('heading', { level: 1 }), 'the number alone opens nothing').toHaveText(/^(Вход|Проверить статус)$/);
    await later.goto('/status');
    await look(later, 'status');
    await later.getByLabel('Номер обращения').fill(number);
    await later.getByLabel('Код возврата').fill('0000-0000-0000-0000');
    expect(await press(later, 'Показать')).toBe(422);
    await expect(later.getByRole('alert')).toContainText('не подходят');
    await expect(later.getByLabel('Номер обращения')).toHaveValue(number);
    await expect(later.getByLabel('Код возврата'), 'what was typed stays').toHaveValue('0000-0000-0000-0000');
    await look(later, 'status-wrong-code');
    await later.getByLabel('Код возврата').fill(code.toLowerCase().replaceAll('-', ' '));
    expect(await press(later, 'Показать')).toBe(200);
    await expect(later.getByRole('heading', { level: 1 })).toContainText('Ромашка');
    await expect(later.locator('main')).toContainText(snow.description);
    await look(later, 'case-guest');
    await later.getByRole('link', { name: 'История' }).click();
    await expect(later.getByRole('row').nth(1)).toContainText('получило номер');
    await look(later, 'case-history-guest');
    await later.goto('/status');
    await later.getByLabel('Номер обращения').fill(number.replace('А', 'A').toLowerCase());
    await press(later, 'Показать');
    await expect(later.locator('#found')).toHaveText(number);
    await look(later, 'status-found');
  });

  await test.step('anybody finds it in the open register, without a word of the person', async () => {
    const anybody = await enter('anybody');
    await anybody.goto('/register');
    await expect(anybody.getByRole('link', { name: number })).toBeVisible();
    await anybody.getByLabel('Тема').selectOption({ label: await labelOf(anybody, 'Тема', snow.category) });
    await anybody.getByLabel('Состояние').selectOption({ label: 'Принято' });
    await press(anybody, 'Отобрать');
    expect(new URL(anybody.url()).search, 'a filtered list can be sent as a link').toContain('category=');
    await expect(anybody.getByRole('link', { name: number })).toBeVisible();
    await expect(anybody.locator('head link[type="application/atom+xml"]'), 'a feed of what was chosen').toHaveAttribute('href', /category=roads\.snow/);
    await look(anybody, 'register');
    for (const width of [650, 768]) {
      await anybody.setViewportSize({ width, height: 900 });
      const wide = await anybody.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `the register on a tablet of ${width} px`).toBeLessThanOrEqual(width);
    }
    await anybody.setViewportSize({ width: 1280, height: 900 });
    await anybody.getByLabel('Состояние').selectOption({ label: 'Завершено' });
    await press(anybody, 'Отобрать');
    await expect(anybody.getByRole('link', { name: number })).toHaveCount(0);
    await look(anybody, 'register-nothing-found');
    await anybody.getByRole('link', { name: 'Сбросить отбор' }).first().click();
    await anybody.getByRole('link', { name: number }).click();
    await expect(anybody.getByRole('heading', { level: 1 })).toContainText(number);
    await look(anybody, 'register-entry');
    for (const address of [`/register/${number}`, '/register', `/status?number=${number}`, '/']) {
      const source = (await (await fetch(okno.url + encodeURI(address))).text()).toLowerCase();
      expect(source, `${address} is a page`).toContain('</main>');
      const secrets = [snow.last_name, snow.first_name, snow.email, 'с коляской', 'Ромашка', 'Садовая', snow.expected, code];
      expect(secrets.filter((secret) => source.includes(secret.toLowerCase())), `${address} tells what is nobody's business`).toEqual([]);
    }
  });
});

/** The option of a list that ends with these words (before them stands where in the tree it is). */
async function labelOf(page, list, words) {
  const options = await page.getByLabel(list, { exact: true }).locator('option').allTextContents();
  const found = options.find((option) => option.trim().endsWith(words));
  expect(found, `${list} offers ${words}`).toBeDefined();
  return found;
}

test('a proof is checked in the browser and offline, and a forged one is refused', async ({ enter, okno, scripts }, info) => {
  const person = await enter('anybody');
  const { number } = await complain(person);
  const proof = await proofOf(okno, number);
  const key = await keyOf(okno);
  const keep = async (name, text) => {
    const path = info.outputPath(name);
    await writeFile(path, text);
    return path;
  };
  const offline = async (path) => okno.run(['verify', path, '--key', key]);

  await test.step('the proof of the register holds', async () => {
    await person.goto(`/register/${number}`);
    const file = await download(person, 'Скачать доказательство');
    expect(file.name).toMatch(/\.tlog-proof$/);
    const good = await keep('good.tlog-proof', file.text);
    await person.goto('/verify');
    await look(person, 'verify');
    const verdict = await verdictOf(person, good, { scripts });
    expect(verdict.title).toBe('Доказательство верно');
    expect(verdict.text, 'it tells what is recorded').toContain(number);
    await look(person, 'verify-valid');
    const told = await offline(good);
    expect(told, told.stderr).toMatchObject({ code: 0 });
    const secrets = [snow.last_name, snow.email, 'с коляской'];
    expect(secrets.filter((secret) => file.text.includes(secret)), 'the public proof tells nothing of the person').toEqual([]);
  });

  await test.step('so does the receipt of the person', async () => {
    await person.goto(`/cases/${number}/receipt`);
    const file = await download(person, 'Подписанная квитанция для проверки');
    const path = await keep('good.receipt.txt', file.text);
    const verdict = await verdictOf(person, path, { scripts });
    expect(verdict.title).toBe('Квитанция верна');
    expect(verdict.text, 'a signature is no place in the log').not.toContain('стоят в журнале');
    expect((await offline(path)).code).toBe(0);
  });

  if (scripts) {
    await test.step('a file can be dropped on the page', async () => {
      await person.goto('/verify');
      const transfer = await person.evaluateHandle((text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'case.tlog-proof', { type: 'text/plain' }));
        return data;
      }, proof);
      await person.locator('[data-drop]').dispatchEvent('drop', { dataTransfer: transfer });
      await expect(person.locator('#verdict-title')).toHaveText('Доказательство верно');
    });
  }

  await test.step('one changed letter is found', async () => {
    const lines = proof.split('\n');
    for (const [at, line] of lines.entries()) {
      // Where a letter of base64 stands: in an entry, in the path, in the checkpoint, in the signature.
      if (!/^[A-Za-z0-9+/=]{20,}$/.test(line)) continue;
      const changed = [...lines];
      changed[at] = (line[0] === 'A' ? 'B' : 'A') + line.slice(1);
      const path = await keep(`changed-${at}.tlog-proof`, changed.join('\n'));
      expect((await offline(path)).code, `line ${at + 1} changed: ${line.slice(0, 40)}`).toBeGreaterThan(0);
    }
    const at = lines.findIndex((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
    const path = join(info.outputDir, `changed-${at}.tlog-proof`);
    const verdict = await verdictOf(person, path, { scripts });
    expect(verdict.title).not.toBe('Доказательство верно');
    await look(person, 'verify-invalid');
    expect((await verdictOf(person, await keep('rubbish.txt', 'Добрый день!'), { scripts })).title).not.toBe('Доказательство верно');
  });

  await test.step('a forged but consistent proof under another key is refused', async () => {
    // The forger runs an Okno of his own under the same name of the log.
    const name = (await (await fetch(`${okno.url}/log/checkpoint`)).text()).split('\n')[0];
    const config = await keep('forger.toml', `log_name = "${name}"\n`);
    const forger = await start({ args: ['--config', config], env: { OKNO_DATABASE_URL: '' } });
    try {
      const { number: forged } = await complainQuietly(forger);
      const text = await proofOf(forger, forged);
      expect(text, 'the forgery bears the name of our log').toContain(name);
      const path = await keep('forged.tlog-proof', text);
      const theirs = await forger.run(['verify', path, '--key', await keyOf(forger)]);
      expect(theirs.code, 'under the key of the forger it is consistent').toBe(0);
      const ours = await offline(path);
      expect(ours.code, 'okno verify refuses it under our key').toBe(1);
      expect((await verdictOf(person, path, { scripts })).title).toBe('Доказательство неверно');
      expect((await verdictOf(person, path, { scripts, key: await keyOf(forger) })).title).toBe('Доказательство верно');
    } finally {
      await forger.stop();
    }
  });
});

test('somebody who was named a co-applicant is asked first, sees no contacts, and may say that it is not them', async ({ enter, okno }) => {
  const guest = await enter('guest');
  const send = async (subject) => {
    await guest.goto('/file/complaint');
    for (const step of ['topic', 'matter', 'place']) {
      await fill[step](guest, { ...snow, subject });
      expect(await next(guest)).toBe(200);
    }
    await fill.applicant(guest, snow);
    await guest.getByLabel('Телефон').fill('+7 900 123-45-67');
    await press(guest, 'Добавить соавтора');
    await expect(guest.locator('main'), 'what the other will see is said').toContainText('решит, участвует ли он');
    const other = guest.getByRole('group', { name: 'Соавтор 1', exact: true });
    await other.getByLabel('Фамилия, имя и отчество').fill('Анна из соседнего дома');
    await other.getByLabel('Электронная почта').fill('anna@okno.example');
    await next(guest);
    await guest.getByLabel('Я согласен на обработку моих данных').check();
    await press(guest, 'Отправить жалобу');
    return receipt(guest);
  };
  const foreign = await send('Это не про меня');
  const common = await send('Наш общий двор');
  await guest.goto(`/cases/${common.number}`);
  await expect(guest.locator('main')).toContainText('Согласия пока нет');
  // Taking somebody off is one press more, under what it does.
  await expect(guest.getByRole('button', { name: 'Исключить' })).toBeHidden();
  await guest.locator('summary', { hasText: 'Исключить' }).click();
  await expect(guest.getByText('Добавить его снова можно')).toBeVisible();

  const anna = await enter('applicant');
  await signIn(anna, okno, 'anna');
  const asked = (subject) => anna.locator('.card', { hasText: subject });

  await test.step('the cabinet asks her', async () => {
    await anna.goto('/cabinet');
    await expect(anna.getByRole('heading', { name: 'Вас указали в чужом обращении' })).toBeVisible();
    await expect(asked('Это не про меня')).toContainText('Заявитель: Подснежникова Клавдия Аристарховна');
    await look(anna, 'named-cabinet');
    await asked('Наш общий двор').getByRole('link').click();
    await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Вас указали соавтором');
    const main = anna.locator('main');
    await expect(main).toContainText('Что написал заявитель');
    await expect(main).toContainText(snow.description);
    for (const secret of ['900 123', snow.email, snow.address, 'Документы:']) await expect(main).not.toContainText(secret);
    await look(anna, 'named-case');
    expect((await anna.request.get(`/cases/${common.number}/documents`)).status()).toBe(404);
  });

  await test.step('she agrees to one, and sees no contacts there', async () => {
    await anna.getByRole('button', { name: 'Участвую' }).click();
    const main = anna.locator('main');
    await expect(anna.locator('body')).toContainText('Вы участвуете в обращении');
    await expect(main).toContainText(snow.address);
    for (const secret of ['900 123', snow.email]) await expect(main).not.toContainText(secret);
    await expect(anna.getByRole('heading', { name: 'Что написал заявитель' })).toBeVisible();
    await look(anna, 'named-agreed');
    expect(await (await anna.request.get('/cabinet')).text()).toContain('вы участвуете');
    await anna.getByLabel('Написать по этому делу').fill('Подтверждаю, я живу здесь же');
    await press(anna, 'Отправить сообщение');
    await guest.goto(`/cases/${common.number}`);
    await expect(guest.locator('main')).toContainText('Согласие дано');
    await expect(guest.locator('.msg', { hasText: 'Подтверждаю' }), 'her words are hers').not.toContainText('Вы,');
  });

  await test.step('and the other one is not hers', async () => {
    await anna.goto('/cabinet');
    await asked('Это не про меня').getByRole('link').click();
    await expect(anna.locator('main'), 'what cannot be taken back is said first').toContainText('снова добавить вас в него будет нельзя');
    await anna.getByRole('button', { name: 'Это не я' }).click();
    await expect(anna.locator('body')).toContainText('Вы отказались');
    expect((await anna.request.get(`/cases/${foreign.number}`)).status()).toBe(404);
    await guest.goto(`/cases/${foreign.number}/history`);
    await expect(guest.locator('main')).toContainText('Отказ участвовать: соавтор');
    await guest.goto(`/cases/${foreign.number}/do/add_party`);
    await guest.getByLabel('Соавтор').check();
    await guest.getByLabel('Имя или название').fill('Анна');
    await guest.getByLabel('Почта учётной записи').fill('anna@okno.example');
    expect(await press(guest, 'Добавить')).toBe(422);
    await expect(guest.getByRole('alert')).toContainText('отказался участвовать');
  });
});
