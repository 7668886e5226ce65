// A person with an account complains; a specialist asks, drafts and is corrected by a head; the
// answer arrives on the page that the person has open. And two who reach for one case at once.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complain, complainQuietly, download, fill, next, press, signIn, snow } from '../lib/deeds.js';

const person = {
  last_name: 'Ветрова',
  first_name: 'Маргарита',
  middle_name: 'Тихоновна',
  password: 'сосны шумят над озером',
};

/** Sees `expected` on the page: by itself where scripts run, after a reload where they don't. */
async function learns(page, scripts, expected) {
  if (!scripts) await page.reload();
  await expected();
  if (scripts) expect(await page.evaluate(() => window.stayed), 'the page was not loaded anew').toBe(true);
}

test('an applicant is answered: taken, asked, drafted, returned, agreed, read, closed', async ({ enter, scripts, okno }) => {
  test.slow();
  const email = `margarita.${scripts ? 'on' : 'off'}@example.ru`;
  const applicant = await enter('applicant');
  const specialist = await enter('specialist');
  const head = await enter('head');
  let number;

  await test.step('signs up, with mistakes at first, and signs in', async () => {
    await applicant.goto('/');
    await applicant.getByRole('link', { name: 'Войти' }).first().click();
    await look(applicant, 'sign-in');
    await applicant.getByRole('link', { name: 'Зарегистрироваться' }).click();
    await look(applicant, 'sign-up');
    await applicant.getByLabel('Фамилия').fill(person.last_name);
    await applicant.getByLabel('Имя', { exact: true }).fill(person.first_name);
    await applicant.getByLabel('Отчество').fill(person.middle_name);
    await applicant.getByLabel('Электронная почта').fill(email);
    await applicant.getByLabel('Пароль').fill('qwerty');
    await applicant.getByLabel('Даю согласие').check();
    expect(await press(applicant, 'Зарегистрироваться')).toBe(422);
    await expect(applicant.getByRole('alert')).toContainText('Пароль');
    await expect(applicant.getByLabel('Фамилия')).toHaveValue(person.last_name);
    await expect(applicant.getByLabel('Даю согласие')).toBeChecked();
    await look(applicant, 'sign-up-mistake');
    await applicant.getByLabel('Пароль').fill(person.password);
    await press(applicant, 'Зарегистрироваться');
    await expect(applicant.getByRole('heading', { level: 1 })).toHaveText('Вход');
    await expect(applicant.getByText('Теперь войдите')).toBeVisible();
    await applicant.getByLabel('Электронная почта').fill(email);
    await applicant.getByLabel('Пароль').fill('не тот пароль совсем');
    expect(await press(applicant, 'Войти')).toBe(422);
    await expect(applicant.getByRole('alert')).toContainText('не подходят');
    await look(applicant, 'sign-in-mistake');
    await applicant.getByLabel('Пароль').fill(person.password);
    await press(applicant, 'Войти');
    await expect(applicant.getByRole('navigation').first()).toContainText(person.first_name);
    await applicant.goto('/cabinet');
    await expect(applicant.getByText('Вы ещё ничего не отправляли')).toBeVisible();
    await expect(applicant.getByRole('link', { name: 'Подавали без входа? Откройте по номеру и коду возврата' })).toBeVisible();
    await look(applicant, 'cabinet-empty');
  });

  await test.step('complains; name and address are there already', async () => {
    await applicant.goto('/file/complaint');
    for (const step of ['topic', 'matter', 'place']) {
      await fill[step](applicant, snow);
      await next(applicant);
    }
    await expect(applicant.getByLabel('Фамилия')).toHaveValue(person.last_name);
    await expect(applicant.getByLabel('Имя', { exact: true })).toHaveValue(person.first_name);
    await expect(applicant.getByLabel('Отчество')).toHaveValue(person.middle_name);
    await expect(applicant.getByLabel('Электронная почта')).toHaveValue(email);
    await look(applicant, 'file-4-applicant-prefilled');
    ({ number } = await complain(applicant, snow, { signedIn: true }));
    await look(applicant, 'receipt-applicant');
  });

  await test.step('begins another and finds it in the cabinet to go on with', async () => {
    await applicant.goto('/file/complaint');
    await fill.topic(applicant, { section: 'Транспорт', category: 'Остановки' });
    await next(applicant);
    await fill.matter(applicant, { ...snow, subject: 'Остановка без крыши' });
    await next(applicant);
    await applicant.getByRole('button', { name: 'Отложить' }).click();
    await expect(applicant.getByRole('heading', { level: 1 })).toHaveText('Мои обращения');
    await expect(applicant.getByRole('link', { name: snow.subject }).last()).toBeVisible();
    await look(applicant, 'cabinet');
    await applicant.getByRole('link', { name: 'Остановка без крыши', exact: true }).click();
    await expect(applicant.getByRole('heading', { level: 1 })).toHaveText('Где это случилось?');
    await applicant.goto('/cabinet');
  });

  await test.step('opens the case and keeps the page open', async () => {
    await applicant.goto(`/cases/${number}`);
    await expect(applicant.getByRole('heading', { level: 1 })).toHaveText(snow.subject);
    await expect(applicant.locator('.case-head .tag').first()).toHaveText('Принято');
    await look(applicant, 'case-registered');
    await applicant.evaluate(() => (window.stayed = true));
  });

  await test.step('the specialist finds it in the queue by its date and takes it', async () => {
    // Sent later, due earlier: a guest's message is not registered for three days first.
    await complainQuietly(okno, { ...snow, subject: 'Наледь на крыльце' });
    await signIn(specialist, okno, 'improvement');
    await specialist.goto('/desk?view=unit');
    await expect(specialist.getByRole('link', { name: snow.subject }).first()).toBeVisible();
    const left = await specialist.locator('.queue a.row .tag').allTextContents();
    const days = left.map((text) => (/сегодня/.test(text) ? 0 : Number(/\d+/.exec(text)?.[0] ?? NaN) * (/просроч/.test(text) ? -1 : 1)));
    expect(days.length, 'at least two cases wait').toBeGreaterThan(1);
    expect(days, `what runs out first stands first: ${left}`).toEqual([...days].sort((a, b) => a - b));
    await look(specialist, 'desk');
    if (scripts) {
      await specialist.keyboard.press('j');
      await expect(specialist.locator('.queue a.row').first()).toBeFocused();
      await specialist.keyboard.press('j');
      await expect(specialist.locator('.queue a.row').nth(1)).toBeFocused();
      await specialist.locator(':focus').dispatchEvent('keydown', { key: 'л', bubbles: true });
      await expect(specialist.locator('.queue a.row').first(), 'k on a Russian layout').toBeFocused();
      await specialist.keyboard.press('/');
      await expect(specialist.getByLabel('Найти дело по номеру или словам')).toBeFocused();
    }
    await specialist.getByLabel('Найти дело по номеру или словам').fill(number);
    await press(specialist, 'Найти');
    await specialist.locator('.queue a.row').click();
    await expect(specialist.locator('.work')).toContainText(snow.description);
    await look(specialist, 'desk-case');
    await press(specialist, 'Взять в работу');
    await expect(specialist.getByText('Вы взяли дело')).toBeVisible();
    await learns(applicant, scripts, () => expect(applicant.locator('.case-head .tag').first()).toHaveText('В работе'));
  });

  await test.step('asks; the question appears at the applicant, who answers', async () => {
    await specialist.getByLabel('Сообщение заявителю').fill('С какой стороны от входа лежит снег?');
    await specialist.getByLabel('Жду ответа заявителя').check();
    await press(specialist, 'Отправить сообщение');
    await expect(specialist.getByText('Сообщение отправлено заявителю')).toBeVisible();
    await expect(specialist.locator('[data-live-part=state]')).toContainText('ждём заявителя');
    await learns(applicant, scripts, async () => {
      await expect(applicant.locator('.msg').getByText('С какой стороны от входа')).toBeVisible();
      await expect(applicant.getByText('От вас ждут ответа')).toBeVisible();
      await expect(applicant.locator('.case-head .note'), 'the question stands where one is called').toContainText('С какой стороны от входа');
    });
    await look(applicant, 'case-asked');
    await applicant.getByLabel('Написать по этому делу').fill('Справа, у калитки.\nИ ещё на ступенях.');
    await press(applicant, 'Отправить сообщение');
    await expect(applicant.getByText('И ещё на ступенях.')).toBeVisible();
    await expect(applicant.getByText('От вас ждут ответа')).toHaveCount(0);
    await applicant.evaluate(() => (window.stayed = true));
    await specialist.goto(`/desk/${number}`);
    await expect(specialist.getByText('Справа, у калитки.')).toBeVisible();
  });

  await test.step('drafts an answer, sends it to the head, and cannot agree to it', async () => {
    expect(await press(specialist, 'Отправить на согласование')).toBe(422);
    await expect(specialist.getByRole('alert')).toBeVisible();
    await look(specialist, 'desk-answer-mistake');
    await specialist.getByLabel('Решение').selectOption({ label: 'Удовлетворено' });
    await specialist.getByLabel('Текст ответа').fill('Снег у калитки и на ступенях убрали, дорожку посыпали.');
    if (scripts) {
      const lost = specialist.getByText('Связи нет, ничего не отправлено.');
      await specialist.context().setOffline(true);
      await specialist.getByRole('button', { name: 'Сохранить черновик' }).click();
      await expect(lost, 'what was typed stays where it is').toBeVisible();
      await specialist.context().setOffline(false);
      await expect(lost).toBeHidden();
    }
    await press(specialist, 'Сохранить черновик');
    await expect(specialist.getByLabel('Текст ответа')).toHaveValue(/посыпали/);
    const letter = specialist.getByLabel('Сообщение заявителю');
    await letter.fill('Снег убрали. Посмотрите, пожалуйста.');
    await press(specialist, 'Сохранить черновик');
    await expect(specialist.getByRole('status').filter({ hasText: 'Черновик сохранён. Сообщение заявителю ещё не отправлено' })).toBeVisible();
    await expect(letter).toHaveValue(/Посмотрите/);
    await specialist.emulateMedia({ media: 'print' });
    await expect(specialist.getByRole('heading', { name: 'Переписка' }), 'letters go on paper too').toBeVisible();
    await expect(letter).toBeHidden();
    await specialist.emulateMedia({ media: null });
    await letter.fill('');
    await press(specialist, 'Отправить на согласование');
    await expect(specialist.getByText('Ответ отправлен на согласование').first()).toBeVisible();
    await expect(specialist.getByRole('link', { name: 'Согласовать ответ' })).toHaveCount(0);
    const asked = await specialist.goto(`/desk/${number}/agree`);
    expect([403, 409]).toContain(asked.status());
    await expect(specialist.getByRole('button', { name: 'Согласовать и отправить' })).toHaveCount(0);
    await look(specialist, 'forbidden');
    const forced = await specialist.request.post(`/desk/${encodeURIComponent(number)}/agree`);
    expect(forced.status(), 'nor by asking past the page').toBe(403);
    await learns(applicant, scripts, () => expect(applicant.locator('.case-head .tag').first()).toHaveText('На согласовании'));
    await expect(applicant.locator('main'), 'a draft is not shown to the applicant').not.toContainText('посыпали');
  });

  await test.step('the head returns it with a remark', async () => {
    await signIn(head, okno, 'roads.head');
    await head.goto('/desk?view=agreement');
    await look(head, 'desk-agreement');
    await head.locator('.queue a.row', { hasText: number }).click();
    expect(await press(head, 'Вернуть на доработку')).toBe(422);
    await expect(head.getByRole('alert')).toBeVisible();
    await head.getByLabel('Что исправить').fill('Назовите день и кто убирал.');
    await look(head, 'desk-head');
    await press(head, 'Вернуть на доработку');
    await specialist.goto(`/desk/${number}`);
    await expect(specialist.getByText('Назовите день и кто убирал.')).toBeVisible();
    await look(specialist, 'desk-returned');
    await specialist.getByLabel('Текст ответа').fill('21 ноября дорожная служба убрала снег у калитки и на ступенях.\nДорожку посыпали песком.');
    await press(specialist, 'Отправить на согласование');
  });

  await test.step('the head agrees, and the applicant reads the answer', async () => {
    await head.goto(`/desk/${number}`);
    await head.getByRole('link', { name: 'Согласовать ответ' }).click();
    await expect(head.getByRole('heading', { level: 1 })).toHaveText('Согласовать ответ?');
    await expect(head.locator('main')).toContainText('дорожная служба убрала');
    await expect(head.locator('section[aria-labelledby=question]'), 'whom the answer speaks to').toContainText(/Заявитель: \S+.*Чего ждут:/s);
    await look(head, 'desk-agree');
    await press(head, 'Согласовать и отправить');
    await expect(head.getByText('Ответ согласован')).toBeVisible();
    await learns(applicant, scripts, async () => {
      await expect(applicant.locator('.case-head .tag').first()).toHaveText('Удовлетворено');
      await expect(applicant.getByText('дорожная служба убрала')).toBeVisible();
    });
    await expect(applicant.locator('section[aria-labelledby=answer]')).toContainText('Удовлетворено');
    await expect(applicant.locator('main'), 'a remark of the head stays inside').not.toContainText('Назовите день');
    await look(applicant, 'case-answered');
  });

  await test.step('the letter is taken along, and a stranger finds it genuine', async () => {
    const letter = await download(applicant, 'Скачать PDF');
    expect(letter.name).toMatch(/^A-\d{4}-\d{8}-\d-1\.pdf$/);
    const stranger = await enter('a stranger with the letter');
    await stranger.goto('/');
    await stranger.getByRole('link', { name: 'Подлинность документа' }).click();
    await look(stranger, 'genuine');
    await stranger.getByLabel('Файл ответа').setInputFiles(letter.path);
    if (!scripts) await stranger.locator('#genuine-file').getByRole('button', { name: 'Проверить' }).click();
    await expect(stranger.getByRole('heading', { name: 'Да, такой ответ выдан' })).toBeVisible();
    await expect(stranger.locator('main')).toContainText(`${number}/1`);
    await expect(stranger.locator('main'), 'a stranger is told nothing of the person').not.toContainText(person.last_name);
    await look(stranger, 'genuine-yes');
    await stranger.getByLabel('Номер обращения').fill(`№ ${number}/1`);
    await stranger.getByLabel('Код документа').fill('0000-0000');
    await stranger.locator('section[aria-labelledby=by-code]').getByRole('button').click();
    await expect(stranger.getByRole('heading', { name: 'Такой ответ не выдавался' })).toBeVisible();
    await look(stranger, 'genuine-no');
  });

  await test.step('the specialist closes the case, and the register says so', async () => {
    await specialist.goto(`/desk/${number}`);
    await specialist.getByRole('link', { name: 'Завершить дело' }).click();
    await look(specialist, 'desk-close');
    await press(specialist, 'Завершить');
    await expect(specialist.getByText('Дело завершено').first()).toBeVisible();
    await learns(applicant, scripts, () => expect(applicant.locator('.case-head .tag').first()).toHaveText('Завершено'));
    await look(applicant, 'case-closed');
    await specialist.goto('/register?state=finished');
    await expect(specialist.getByRole('row', { name: number })).toContainText('Завершено');
    await specialist.goto('/desk?view=mine');
    await expect(specialist.locator('.queue a.row', { hasText: number }), 'it left the queue').toHaveCount(0);
  });

  await test.step('the history tells every step, when and who', async () => {
    await applicant.goto(`/cases/${number}`);
    await applicant.getByRole('link', { name: 'История' }).click();
    const rows = applicant.getByRole('row');
    const steps = [
      ['Обращение принято', 'Вы'],
      ['взял обращение в работу', 'Ольга Н.'],
      ['Написал специалист', 'Ольга Н.'],
      ['Написал заявитель', 'Вы'],
      ['отправлен на согласование', 'Отдел благоустройства'],
      ['возвращён на доработку', ''],
      ['отправлен на согласование', 'Отдел благоустройства'],
      ['Ответ дан', 'Сергей Г.'],
      ['Дело завершено', 'Отдел благоустройства'],
    ];
    const lines = (await rows.allInnerTexts()).slice(1);
    for (const line of lines) expect(line.split('\t').map((cell) => cell.trim()), 'when, what and who').not.toContain('');
    let from = 0;
    for (const [what, who] of steps) {
      const at = lines.findIndex((line, place) => place >= from && line.includes(what) && line.includes(who));
      expect(at, `"${what}" ${who} stands in order in the history:\n${lines.join('\n')}`).toBeGreaterThanOrEqual(0);
      expect(lines[at], 'with its day and time').toMatch(/\d{1,2}\s[а-я]+.*,\s\d{2}:\d{2}/);
      from = at + 1;
    }
    await look(applicant, 'case-history');
  });

  await test.step('nobody else may open it', async () => {
    const other = await enter('specialist of another unit');
    await signIn(other, okno, 'health');
    for (const address of [`/desk/${number}`, `/cases/${number}`, `/cases/${number}/history`, `/cases/${number}/why`, `/cases/${number}/receipt`]) {
      expect([403, 404], address).toContain((await other.goto(address)).status());
      await expect(other.locator('body')).not.toContainText(snow.subject);
    }
    await look(other, 'case-of-others');
    const guest = await enter('guest');
    for (const address of [`/desk/${number}`, `/cases/${number}`, `/cases/${number}/history`]) {
      const answer = await guest.goto(address);
      if (answer.ok()) await expect(guest.getByRole('heading', { level: 1 })).toHaveText(/^(Вход|Проверить статус)$/);
      else expect([401, 403, 404], address).toContain(answer.status());
      await expect(guest.locator('body')).not.toContainText(snow.subject);
    }
  });
});

test('two specialists take one case at once: one has it, the other is told', async ({ enter, okno, scripts }) => {
  const colleague = `second.${scripts ? 'on' : 'off'}@okno.example`;
  const password = 'берёзы у старой мельницы';
  const added = await okno.run(
    ['user', 'add', '--data', okno.data, '--email', colleague, '--role', 'specialist', '--unit', 'roads.improvement', '--name', 'Ручьёв Глеб Ильич', '--password-stdin'],
    { stdin: `${password}\n` },
  );
  expect(added, added.stderr).toMatchObject({ code: 0 });
  const { number } = await complainQuietly(okno, { ...snow, subject: 'Скользко у аптеки' });

  const [one, two] = [await enter('first specialist'), await enter('second specialist')];
  await signIn(one, okno, 'improvement');
  await two.goto('/sign-in');
  await two.getByLabel('Электронная почта').fill(colleague);
  await two.getByLabel('Пароль').fill(password);
  await press(two, 'Войти');
  for (const page of [one, two]) {
    await page.goto(`/desk/${number}`);
    await expect(page.getByRole('button', { name: 'Взять в работу' })).toBeVisible();
  }
  const take = (page) => page.evaluate(() => {
    // Both forms at the same moment: a page that waits for live news could redraw its button first.
    const form = document.querySelector('form[action*="/take"]');
    form.submit();
  });
  await Promise.all([take(one), take(two)]);

  const winners = [];
  for (const page of [one, two]) {
    const won = page.getByText('Вы взяли дело');
    await expect(won.or(page.getByRole('alert')), 'each is told something').toBeVisible();
    if (await won.isVisible()) winners.push(page);
    else {
      await expect(page.getByRole('alert')).toContainText('уже взял другой специалист');
      await look(page, 'desk-taken-by-another');
    }
  }
  expect(winners, 'exactly one has the case').toHaveLength(1);
  await winners[0].goto(`/cases/${number}/history`);
  await expect(winners[0].getByText('взял обращение в работу')).toHaveCount(1);
});
