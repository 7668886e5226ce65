// A day in Firefox: a guest files and reads the state, a proof is verified, staff sign in and their
// desk opens. The stories themselves are walked in Chromium; here it is seen that they work in
// another engine too.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../lib/okno.js';
import { numberForm, snow } from '../lib/deeds.js';
import { fits, heading, labelled, mark, open, press, write } from './browser.mjs';

let okno;
let browser;
let folder;
let number;
let code;

before(async () => {
  okno = await start();
  browser = await open();
  folder = await mkdtemp(join(tmpdir(), 'okno-firefox-'));
});

after(async () => {
  await browser?.close();
  await okno?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Opens an address, sees that it fits, and hands back its heading. */
async function visit(page, address) {
  const answer = await page.goto(okno.url + address, { waitUntil: 'load' });
  assert.equal(answer.status(), 200, address);
  await fits(page);
  return heading(page);
}

test('a guest files a complaint', async () => {
  const page = await browser.page();
  await visit(page, '/');
  await visit(page, '/file/complaint');
  const part = await page.$(`::-p-xpath(//details[.//*[normalize-space()="${snow.section}"]])`);
  await part.evaluate((details) => (details.open = true));
  await mark(page, snow.category);
  await press(page, 'Продолжить');
  await fits(page);
  await write(page, 'Коротко о проблеме', snow.subject);
  await write(page, 'Опишите проблему', snow.description);
  await write(page, 'Когда это случилось', snow.happened_on);
  await write(page, 'Какого результата вы ждёте', snow.expected);
  await press(page, 'Продолжить');
  await fits(page);
  const place = await labelled(page, 'Район или город');
  await place.evaluate((select, wanted) => {
    select.value = [...select.options].find((option) => option.textContent.includes(wanted)).value;
  }, snow.territory);
  await write(page, 'Адрес или ориентир', snow.address);
  await press(page, 'Продолжить');
  await write(page, 'Фамилия', snow.last_name);
  await write(page, 'Имя', snow.first_name);
  await write(page, 'Электронная почта', snow.email);
  // A step that asks for nothing that must be there is passed.
  for (let step = 0; step < 3; step += 1) {
    await press(page, 'Продолжить');
    await fits(page);
    if (await page.$('::-p-xpath(//button[normalize-space()="Отправить жалобу"])')) break;
  }
  await mark(page, 'Я согласен на обработку моих данных');
  await press(page, 'Отправить жалобу');
  assert.equal(await heading(page), 'Обращение отправлено');
  await fits(page);
  number = (await page.$eval('#number', (element) => element.textContent)).trim();
  assert.match(number, numberForm);
  code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(await page.$eval('main', (main) => main.innerText))[0];
  assert.deepEqual(page.troubles, []);
});

test('on another device the number and the code open the appeal', async () => {
  const page = await browser.page();
  await visit(page, '/status');
  await write(page, 'Номер обращения', number);
  const field = await labelled(page, 'Код возврата');
  await field.evaluate((element, value) => (element.value = value), code);
  const form = await page.evaluateHandle((element) => element.form, field);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), form.evaluate((element) => element.requestSubmit())]);
  const text = await page.$eval('main', (main) => main.innerText);
  assert.ok(text.includes(number), text.slice(0, 400));
  await fits(page);
  for (const part of ['/why', '/history']) await visit(page, `/cases/${encodeURIComponent(number)}${part}`);
  assert.deepEqual(page.troubles, []);
});

test('the proof is verified in the browser', async () => {
  const address = `${okno.url}/proofs/${encodeURIComponent(number)}.tlog-proof`;
  let proof;
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(address);
    if (answer.status === 200) {
      proof = await answer.text();
      break;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.ok(proof, 'the proof is sealed');
  const page = await browser.page();
  const verdict = async (name, text) => {
    const file = join(folder, name);
    await writeFile(file, text);
    await visit(page, '/verify');
    const field = await labelled(page, 'Файл доказательства или квитанция');
    await field.uploadFile(file);
    await page.waitForSelector('#verdict-title');
    return page.$eval('#verdict .note', (element) => element.className);
  };
  const good = await verdict('good.tlog-proof', proof);
  const line = proof.split('\n').findLastIndex((one) => one.length > 40);
  const lines = proof.split('\n');
  const swap = (letter) => (letter === 'A' ? 'B' : 'A');
  lines[line] = swap(lines[line][0]) + lines[line].slice(1);
  const forged = await verdict('forged.tlog-proof', lines.join('\n'));
  assert.match(good, /good/, good);
  assert.doesNotMatch(forged, /\bgood\b/, forged);
  assert.deepEqual(page.troubles, []);
});

test('a specialist signs in and the desk opens', async () => {
  const email = 'improvement@okno.example';
  const said = okno.log().match(new RegExp(`demo sign-in: ${email.replaceAll('.', '\\.')} / (\\S+)`));
  assert.ok(said, 'the log names the sign-in');
  const page = await browser.page();
  await visit(page, '/sign-in');
  await write(page, 'Электронная почта', email);
  await write(page, 'Пароль', said[1]);
  await press(page, 'Войти');
  assert.notEqual(await heading(page), 'Вход');
  await visit(page, '/desk?view=unit');
  await visit(page, `/desk/${encodeURIComponent(number)}`);
  assert.deepEqual(page.troubles, []);
});

test('the version for poor eyesight fits at 200 % and stays from page to page', async () => {
  const page = await browser.page();
  await visit(page, '/access');
  await mark(page, 'Очень крупный, 200 %');
  await mark(page, 'Жёлтым по чёрному');
  await press(page, 'Сохранить и включить');
  for (const address of ['/', '/register', '/help', '/glossary', '/sign-in', '/file/complaint']) {
    await visit(page, address);
    const root = await page.$eval('html', ({ dataset }) => `${dataset.look} ${dataset.size} ${dataset.scheme}`);
    assert.equal(root, 'large 200 yellow', address);
  }
  assert.deepEqual(page.troubles, []);
});
