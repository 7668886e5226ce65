// The portal as an application on a telephone: it can be installed, says honestly that there is no
// network, gives back what was typed, and sends what waited once. Scripts are what it is made of;
// what works without them is the page of installing and the proposal on one page.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { numberForm, press, receipt, signIn } from '../lib/deeds.js';

const benches = {
  'Коротко о предложении': 'Поставить скамейки у поликлиники',
  'Опишите предложение': 'Поставить четыре скамейки у входа в поликлинику: пожилым негде подождать автобус.',
  'Что изменится к лучшему': 'Пожилым будет где отдохнуть',
  'Фамилия': 'Подснежникова',
  'Электронная почта': 'klavdia.podsnezhnikova@example.ru',
};

async function propose(page) {
  const part = page.locator('details', { has: page.getByText('Дороги и благоустройство', { exact: true }) });
  await part.locator('summary').click();
  await page.getByLabel('Снег и гололёд', { exact: true }).check();
  for (const [label, words] of Object.entries(benches)) await page.getByLabel(label).fill(words);
  await page.getByLabel('Имя', { exact: true }).fill('Клавдия');
  await page.getByLabel('Я согласен на обработку моих данных').check();
}

/** The worker stands between this page and the network from now on. */
const controlled = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });

/** How many proposals of that name stand in the public register. */
const inRegister = async (okno) => {
  const answer = await fetch(`${okno.url}/metrics`);
  const lines = (await answer.text()).split('\n').filter((line) => line.includes('route="/app/proposal"') && line.includes('method="POST"') && line.startsWith('http_requests_total'));
  return lines.map((line) => Number(line.split(' ').pop())).reduce((a, b) => a + b, 0);
};

test('a browser finds everything that it asks of an application', async ({ enter, okno, scripts }) => {
  const page = await enter('phone', { worker: true });
  await page.goto('/app');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Установить приложение');
  await look(page, 'app');
  const manifest = await (await page.request.get('/app.webmanifest')).json();
  expect(manifest.name).toBe('Окно');
  expect(manifest.display).toBe('standalone');
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['Отправить предложение', 'Подать обращение', 'Мои обращения']);
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.headers()['content-type']).toBe(type);
    const bytes = await icon.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  for (const { url } of manifest.shortcuts) expect((await fetch(okno.url + url)).status, url).toBe(200);
  if (!scripts) return;
  await controlled(page);
  const wire = await page.context().newCDPSession(page);
  const found = await wire.send('Page.getAppManifest');
  expect(found.errors, 'the browser reads the manifest').toEqual([]);
  const wanting = await wire.send('Page.getInstallabilityErrors');
  // A window of its own history alone, as tests have it, may never install; that is no fault of ours.
  expect(wanting.installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});

test('a proposal goes from one page', async ({ enter }) => {
  const page = await enter('claudia');
  await page.goto('/app/proposal');
  await look(page, 'app-proposal');
  expect(await press(page, 'Отправить предложение')).toBe(422);
  await expect(page.getByRole('alert')).toBeVisible();
  await propose(page);
  await press(page, 'Отправить предложение');
  expect((await receipt(page)).number).toMatch(numberForm);
});

test('without a network the page says so and what was typed comes back', async ({ enter, scripts }) => {
  test.skip(!scripts, 'the worker is a script');
  const page = await enter('claudia', { worker: true });
  await page.goto('/app/proposal');
  await controlled(page);
  await page.reload();
  await page.getByLabel('Коротко о предложении').fill(benches['Коротко о предложении']);
  await page.waitForTimeout(600);
  page.once('dialog', (dialog) => dialog.accept());
  await page.context().setOffline(true);
  await page.goto('/register');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Нет связи');
  await expect(page.getByText('Не дописано')).toBeVisible();
  await look(page, 'app-no-network');
  await page.getByRole('link', { name: 'Открыть форму' }).click();
  await expect(page.getByText('На этом устройстве остался текст')).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть текст' }).click();
  await expect(page.getByLabel('Коротко о предложении')).toHaveValue(benches['Коротко о предложении']);
  await page.context().setOffline(false);
});

test('a proposal sent without a network waits, is not called filed, and goes once', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'the worker is a script');
  const page = await enter('claudia', { worker: true });
  await page.goto('/app/proposal');
  await controlled(page);
  await page.reload();
  await propose(page);
  const before = await inRegister(okno);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Отправить предложение' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Связи нет: отправим, когда появится');
  await expect(page.getByRole('heading', { name: 'Не подано' })).toBeVisible();
  await expect(page.getByText('Обращение подано, только когда у него есть номер')).toBeVisible();
  await expect(page.locator('[data-kept-list]')).not.toContainText(numberForm);
  await look(page, 'app-queued');
  await page.context().setOffline(false);
  await page.goto('/app/kept');
  await expect(page.getByRole('heading', { name: 'Подано' })).toContainText(numberForm);
  const number = numberForm.exec(await page.getByRole('heading', { name: 'Подано' }).textContent())[0];
  await expect(page.getByRole('button', { name: 'Отправить сейчас' }), 'nothing waits').toBeHidden();
  await page.evaluate(() => navigator.serviceWorker.controller.postMessage('flush'));
  await page.reload();
  await page.waitForTimeout(500);
  expect((await inRegister(okno)) - before, 'it was sent once').toBe(1);
  await page.getByRole('link', { name: 'Открыть расписку' }).click();
  expect((await receipt(page)).number).toBe(number);
});

test('the answer that got lost on its way makes no second proposal', async ({ enter, scripts }) => {
  test.skip(!scripts, 'the worker is a script');
  const page = await enter('claudia', { worker: true });
  await page.goto('/app/proposal');
  const body = await page.evaluate(() => {
    const form = document.querySelector('form[data-keep]');
    return form.elements.once.value;
  });
  const fields = { once: body, category: 'roads.snow', subject: 'Скамейки', description: 'Поставить четыре скамейки у входа в поликлинику.', expected: 'Будет где отдохнуть', 'applicant.last_name': 'Снегова', 'applicant.first_name': 'Анна', 'applicant.email': 'anna@example.ru', applicant_kind: 'citizen', answer_by: 'page', consent: 'yes' };
  const send = async () => decodeURIComponent(new URL((await page.request.post('/app/proposal', { form: fields })).url()).pathname);
  const first = await send();
  expect(first).toMatch(/\/receipt$/);
  expect(await send()).toBe(first);
});

test('a photograph shared from the gallery begins a message', async ({ enter, scripts }) => {
  const page = await enter('claudia', { worker: true });
  await page.goto('/app');
  if (scripts) await controlled(page);
  const photo = await page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 200, height: 200 } });
  // A telephone posts this form by itself; here a page of the portal does.
  if (!scripts) {
    const sent = await page.request.post('/app/share', { multipart: { title: 'Яма', text: 'Яма на дороге', file: { name: 'яма.jpg', mimeType: 'image/jpeg', buffer: photo } } });
    expect(new URL(sent.url()).pathname).toMatch(/^\/file\/complaint\/[0-9a-f-]{36}\/topic$/);
    return;
  }
  await page.evaluate(async (bytes) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '/app/share', enctype: 'multipart/form-data' });
    form.innerHTML = '<input name="title" value="Яма"><input name="text" value="Яма на дороге у дома"><input type="file" name="file"><button>share</button>';
    document.body.append(form);
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(bytes)], 'яма.jpg', { type: 'image/jpeg' }));
    form.querySelector('[type=file]').files = files.files;
  }, [...photo]);
  await page.getByRole('button', { name: 'share' }).click();
  await page.waitForURL(/\/file\/complaint\/[0-9a-f-]{36}\/topic$/);
  await expect(page.getByText('Файл приложен')).toBeVisible();
  const draft = page.url().replace(/topic$/, '');
  await page.goto(`${draft}documents`);
  await expect(page.getByText('яма.jpg').first()).toBeVisible();
  await page.goto(`${draft}matter`);
  await expect(page.getByLabel('Опишите проблему')).toHaveValue(/Яма на дороге у дома/);
});

test('who signs out leaves nothing on the device', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'the worker is a script');
  const page = await enter('applicant', { worker: true });
  await signIn(page, okno, 'anna', { own: true });
  await page.goto('/app/proposal');
  await controlled(page);
  await page.goto('/cabinet');
  await page.goto('/app/proposal');
  await page.getByLabel('Коротко о предложении').fill('Тайна');
  const left = () => page.evaluate(async () => {
    const kept = await device.all('texts');
    const pages = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) pages.push(await (await (await caches.open(name)).match(url)).text());
    return { kept: kept.length, text: pages.join('\n') };
  });
  await expect.poll(async () => (await left()).kept, 'what was typed is kept').toBe(1);
  expect((await left()).text, 'pages of the signed in are never kept').not.toContain('/sign-out');
  page.once('dialog', (dialog) => dialog.accept());
  await press(page, 'Выйти');
  await expect(page.getByText('Вы вышли.')).toBeVisible();
  await expect.poll(async () => (await left()).kept).toBe(0);
  expect((await left()).text, 'what is said once is not kept').not.toContain('Вы вышли.');
});
