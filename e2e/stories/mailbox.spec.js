// Letters that came to the mailbox: an operator sees what became of each and decides about those that
// were set aside.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { press, signIn } from '../lib/deeds.js';
import { start } from '../lib/okno.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A mailbox with these letters in it. */
async function mailbox(letters) {
  const folder = await mkdtemp(join(tmpdir(), 'okno-mailbox-'));
  for (const [n, letter] of letters.entries()) await writeFile(join(folder, `${n}.eml`), letter);
  const server = spawn('python3', [join(root, 'tests/emulators/imap.py'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((done) => server.stdout.once('data', (line) => done(String(line).trim())));
  return {
    url: `imap://mail%40region.example:secret@127.0.0.1:${port}/INBOX`,
    async stop() {
      server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const letter = (from, subject, text, head = '') =>
  `From: ${from}\nSubject: ${subject}\nMessage-ID: <${subject.length}${from}>\nContent-Type: text/plain; charset=utf-8\n${head}\n${text}\n`;

const story = test.extend({
  /** A server of its own, which reads a mailbox. */
  okno: [
    async ({}, use) => {
      const box = await mailbox([
        letter('anna@example.ru', 'Не горит фонарь', 'У дома 7 темно.'),
        letter('club@example.ru', 'Новости клуба', 'Просим принять нас.', 'List-Id: <a.b>\n'),
        letter('shop@example.ru', 'Скидки', 'Всё дешевле.', 'Precedence: bulk\n'),
      ]);
      const okno = await start({ env: { OKNO_MAILBOX_URL: box.url } });
      await use(okno);
      await okno.stop();
      await box.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

story('letters become cases, and an operator decides about those that were set aside', async ({ enter, okno }) => {
  const page = await enter('operator');
  await signIn(page, okno, 'operator');
  await expect(async () => {
    await page.goto('/reception/mailbox?all=yes');
    await expect(page.locator('tbody tr')).toHaveCount(3);
  }).toPass();
  const filed = page.getByRole('row', { name: /Не горит фонарь/ });
  await expect(filed).toContainText(/А-\d{4}-\d{8}-\d/);
  await expect(filed).toContainText('a…@example.ru');
  await look(page, 'mailbox-all');
  await page.goto('/reception/mailbox');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await page.getByRole('link', { name: 'Новости клуба' }).click();
  await expect(page.getByText('Просим принять нас.')).toBeVisible();
  await look(page, 'mailbox-letter');
  await press(page, 'Завести обращение');
  await expect(page.getByText('Обращение заведено')).toBeVisible();
  await expect(page.locator('main')).toContainText(/А-\d{4}-\d{8}-\d/);
  await page.goto('/reception/mailbox');
  await page.getByRole('link', { name: 'Скидки' }).click();
  await press(page, 'Оставить без ответа');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Причина').fill('Реклама');
  await press(page, 'Оставить без ответа');
  await expect(page.getByText('Решать не о чем')).toBeVisible();
});
