// A dialogue instead of a form: told in one's own words, with a mistake on the way, filed, asked for
// and added to. The page is a form with buttons, so all of it goes with scripts and without.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { numberForm, press } from '../lib/deeds.js';

async function say(page, words) {
  await page.getByLabel('Ваш ответ').fill(words);
  expect(await press(page, 'Ответить')).toBe(200);
}

const reply = (page) => page.getByRole('region', { name: 'Ответ' });

test('a problem is told in words, checked, filed and followed', async ({ enter }) => {
  const guest = await enter('guest');
  await guest.goto('/');
  await guest.getByRole('link', { name: 'Рассказать в диалоге' }).click();
  await expect(reply(guest)).toContainText('Здравствуйте!');
  await look(guest, 'dialogue-begin');

  await say(guest, 'В подъезде пахнет газом, и снег во дворе не убирают третий день');
  await expect(reply(guest)).toContainText('звоните 112');
  await press(guest, 'Опасности нет, продолжить');
  await press(guest, 'Отмена');
  await expect(reply(guest)).toContainText('ничего не отправлено');

  await say(guest, 'Во дворе дома семь на Садовой улице третий день не убирают снег, с коляской не пройти.');
  await expect(reply(guest)).toContainText('О чём это?');
  await look(guest, 'dialogue-subject');
  await press(guest, 'Снег и гололёд');
  await expect(reply(guest)).toContainText('результата');
  await say(guest, 'Расчистить двор');
  await expect(reply(guest)).toContainText('Где это?');
  await say(guest, 'Северный район, улица Садовая, дом 7');
  await expect(reply(guest)).toContainText('Как вас зовут?');
  await say(guest, 'Подснежникова Клавдия Аристарховна');
  await expect(reply(guest)).toContainText('Электронная почта');
  await say(guest, 'это не почта');
  await expect(reply(guest)).toContainText('Электронная почта');
  await expect(reply(guest)).toContainText('anna@example.ru');
  await say(guest, 'klavdia@example.ru');
  await expect(reply(guest)).toContainText('Проверьте, всё ли верно');
  await expect(reply(guest)).toContainText('Северный район');
  await expect(reply(guest)).toContainText('Снег и гололёд');
  await look(guest, 'dialogue-review');
  await say(guest, 'И ещё у второго подъезда');
  await expect(reply(guest)).toContainText('Этого в обращении нет');
  await expect(reply(guest)).toContainText('Проверьте, всё ли верно');
  await press(guest, 'Исправить');
  await press(guest, 'Какого результата вы ждёте');
  await say(guest, 'Расчистить двор и посыпать песком');
  await expect(reply(guest)).toContainText('посыпать песком');
  await press(guest, 'Согласен, отправить');
  await expect(reply(guest)).toContainText('Принято');
  const text = await reply(guest).innerText();
  const number = text.match(numberForm)[0];
  expect(text).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
  await look(guest, 'dialogue-filed');

  await press(guest, 'Дополнить обращение');
  await say(guest, 'Сегодня снова засыпало');
  await expect(reply(guest)).toContainText('Добавлено');
  await press(guest, 'Узнать, что с обращением');
  await say(guest, number);
  await expect(reply(guest)).toContainText(`${number}: Принято`);
  await say(guest, `что с моим обращением ${number}?`);
  await expect(reply(guest), 'who names the number is not asked for it').toContainText(`${number}: Принято`);

  // The case is an ordinary one: it opens for this browser and stands in the register.
  await guest.goto(`/cases/${number}/messages`);
  await expect(guest.locator('main')).toContainText('Сегодня снова засыпало');
  await guest.goto(`/register/${number}`);
  await expect(guest.locator('main')).toContainText('Снег и гололёд');
  await guest.goto('/dialogue/consent');
  await look(guest, 'dialogue-consent');
});

test('a page sent twice files once, and an older page does no harm', async ({ enter }) => {
  const guest = await enter('guest');
  await guest.goto('/dialogue');
  await say(guest, 'что-то');
  await guest.goBack();
  await say(guest, 'ещё раз');
  await expect(reply(guest)).toBeVisible();
  await press(guest, 'Узнать, что с обращением');
  await say(guest, 'А-2026-00000042-1');
  await expect(reply(guest)).toContainText('номер');
});
