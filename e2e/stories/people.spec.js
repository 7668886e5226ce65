// An account from its first day: signing up, the letter, a forgotten password, the code at sign-in;
// and an administrator who changes a unit and invites a colleague.
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { press, signIn } from '../lib/deeds.js';
import { codeOf, letterTo, linkIn } from '../lib/letters.js';

const heading = (page) => page.getByRole('heading', { level: 1 });

async function enterAs(page, email, password) {
  await page.goto('/sign-in');
  await page.getByLabel('Электронная почта').fill(email);
  await page.getByLabel('Пароль').fill(password);
  await press(page, 'Войти');
}

test('an applicant confirms the e-mail, forgets the password and looks after their sessions', async ({ enter, okno, scripts }) => {
  test.slow();
  const email = `agafya.${scripts ? 'on' : 'off'}@example.ru`;
  const page = await enter('applicant');

  await test.step('signs up and is provisional', async () => {
    await page.goto('/sign-up');
    await page.getByLabel('Фамилия').fill('Туманова');
    await page.getByLabel('Имя', { exact: true }).fill('Агафья');
    await page.getByLabel('Электронная почта').fill(email);
    await page.getByLabel('Пароль').fill('лодка плывёт по реке');
    await page.getByLabel('Даю согласие').check();
    await press(page, 'Зарегистрироваться');
    await enterAs(page, email, 'лодка плывёт по реке');
    await page.goto('/profile');
    await expect(page.getByRole('heading', { name: 'Подтвердите почту' })).toBeVisible();
    await look(page, 'profile-provisional');
  });

  await test.step('follows the link of the letter, once', async () => {
    const link = linkIn(okno, await letterTo(okno, email, 'зарегистрировались'));
    await page.goto(link);
    await look(page, 'confirm');
    await press(page, 'Подтвердить почту');
    await expect(page.getByText('Почта подтверждена.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Подтвердите почту' })).toHaveCount(0);
    expect((await page.goto(link)).status()).toBe(404);
    await look(page, 'link-stale');
  });

  await test.step('fills in contacts', async () => {
    await page.goto('/profile');
    await page.getByLabel('Телефон').fill('позвоните');
    expect(await press(page, 'Сохранить')).toBe(422);
    await look(page, 'profile-mistake');
    await page.getByLabel('Телефон').fill('+7 900 123-45-67');
    await press(page, 'Сохранить');
    await expect(page.getByText('Профиль сохранён.')).toBeVisible();
    await page.goto('/profile/consents');
    await expect(page.getByText('Я даю согласие оператору')).toBeVisible();
    await look(page, 'consents');
  });

  await test.step('forgets the password on another device; this one is signed out', async () => {
    const other = await enter('applicant elsewhere');
    await other.goto('/reset');
    await other.getByLabel('Электронная почта').fill(email);
    await press(other, 'Отправить ссылку');
    await expect(other.getByText('Если с этой почтой есть учётная запись')).toBeVisible();
    await other.goto(linkIn(okno, await letterTo(okno, email, 'новый пароль:')));
    await look(other, 'new-password');
    await other.getByLabel('Новый пароль').fill('коротко');
    expect(await press(other, 'Сохранить пароль')).toBe(422);
    await other.getByLabel('Новый пароль').fill('мост стоит над рекой');
    await press(other, 'Сохранить пароль');
    await page.goto('/profile');
    await expect(heading(page)).toHaveText('Вход');
    await enterAs(other, email, 'мост стоит над рекой');
    await enterAs(page, email, 'мост стоит над рекой');
    await page.goto('/profile');
    await expect(page.getByRole('row').filter({ hasText: 'Это устройство' })).toHaveCount(1);
    await press(page, 'Завершить');
    await expect(page.getByText('Вход на том устройстве завершён.')).toBeVisible();
    await other.goto('/profile');
    await expect(heading(other)).toHaveText('Вход');
  });
});

test('an administrator invites a specialist, who sets up a code and signs in with it', async ({ enter, okno, scripts }) => {
  test.slow();
  const email = `prohor.${scripts ? 'on' : 'off'}@okno.example`;
  const admin = await enter('administrator');
  const specialist = await enter('specialist');
  await signIn(admin, okno, 'admin');

  await test.step('changes a unit', async () => {
    await admin.goto('/');
    await admin.getByRole('link', { name: 'Администрирование' }).click();
    await look(admin, 'admin');
    await admin.getByRole('link', { name: 'Ведомства и подразделения' }).click();
    await admin.getByRole('table').getByRole('link').first().click();
    await admin.getByLabel('Часы работы').fill(`пн–пт, 9:00–18:00, ${scripts ? 'окна 1–3' : 'окна 4–6'}`);
    await look(admin, 'admin-unit');
    await press(admin, 'Сохранить');
    await expect(admin.getByText('Сохранено.')).toBeVisible();
    await admin.goto('/admin/log');
    await expect(admin.getByRole('row').filter({ hasText: 'часы работы' }).first()).toContainText('пн–пт, 9:00–18:00');
    await look(admin, 'admin-log');
  });

  await test.step('invites', async () => {
    await admin.goto('/admin/staff/new');
    await admin.getByLabel('Фамилия').fill('Кедров');
    await admin.getByLabel('Имя', { exact: true }).fill('Прохор');
    await admin.getByLabel('Электронная почта').fill(email);
    await admin.getByLabel('Исполнитель').check();
    expect(await press(admin, 'Пригласить')).toBe(422);
    await look(admin, 'admin-staff-new-mistake');
    await admin.getByLabel('Подразделение').selectOption({ index: 2 });
    await press(admin, 'Пригласить');
    await expect(heading(admin)).toHaveText('Кедров Прохор');
    await expect(admin.getByText('Ещё не входил')).toBeVisible();
    await look(admin, 'admin-account');
  });

  await test.step('the specialist chooses a password and sets up a code', async () => {
    await specialist.goto(linkIn(okno, await letterTo(okno, email, 'открыл вам')));
    await look(specialist, 'invitation');
    await specialist.getByLabel('Новый пароль').fill('сосна растёт у озера');
    await press(specialist, 'Сохранить пароль');
    await enterAs(specialist, email, 'сосна растёт у озера');
    await expect(specialist).toHaveURL(/\/desk/);
    await specialist.goto('/profile/second-factor');
    await specialist.getByLabel('Нынешний пароль').fill('сосна растёт у озера');
    await press(specialist, 'Настроить');
    await look(specialist, 'second-factor');
  });

  const secret = (await specialist.locator('#secret').textContent()).trim();
  const code = codeOf(secret);

  await test.step('signs in with the code, which is taken once', async () => {
    await specialist.getByLabel('Код').fill(code);
    await press(specialist, 'Включить');
    await expect(heading(specialist)).toHaveText('Резервные коды');
    await look(specialist, 'recovery-codes');
    const recovery = (await specialist.locator('#recovery-codes code').first().textContent()).trim();
    const anew = await enter('specialist elsewhere');
    await enterAs(anew, email, 'сосна растёт у озера');
    await expect(heading(anew)).toHaveText('Код подтверждения');
    await look(anew, 'code');
    await anew.getByLabel('Код').fill(code);
    expect(await press(anew, 'Войти'), 'the same code once more').toBe(422);
    await anew.getByLabel('Код').fill(recovery);
    await press(anew, 'Войти');
    await expect(anew).toHaveURL(/\/desk/);
    // The code of the next half minute is one step ahead, which clocks of phones may be.
    const later = await enter('specialist with a phone');
    await enterAs(later, email, 'сосна растёт у озера');
    await later.getByLabel('Код').fill(codeOf(secret, Date.now() + 30_000));
    await press(later, 'Войти');
    await expect(later).toHaveURL(/\/desk/);
  });

  await test.step('the administrator switches the account off, and everybody there is out', async () => {
    await admin.goto('/admin/staff');
    await admin.getByRole('link', { name: 'Кедров П.' }).first().click();
    await press(admin, 'Отключить учётную запись');
    await expect(admin.getByText('все входы завершены')).toBeVisible();
    await specialist.goto('/desk');
    await expect(heading(specialist)).toHaveText('Вход');
  });
});
