// The checks are tried on small pages: a good one passes, and each fault that a check is there for
// is found. No server is needed.
import { expect, test } from '@playwright/test';
import { audit, keyboardReachesEverything, look, noClippedText, noSidewaysScroll } from './checks.js';

const page_ = (body, style = '') => `<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Проба</title>
<style>
:root { color-scheme: light dark }
html { background: #fff; color: #16202e }
a { color: #0a58ca }
@media (prefers-color-scheme: dark) { html { background: #10161e; color: #e8edf2 } a { color: #8ab8ff } }
${style}</style></head>
<body><main><h1>Проба</h1>${body}</main></body></html>`;

const good = page_(`<form><label for="a">Имя</label> <input id="a" name="a" autocomplete="name">
  <button style="min-height: 44px">Отправить</button></form><p><a href="#a">К имени</a></p>`);

for (const scripts of [true, false]) {
  test.describe(`scripts ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('a good page passes everything', async ({ page }) => {
      await page.setContent(good);
      await look(page, `good-scripts-${scripts ? 'on' : 'off'}`);
    });

    test('a field without a label is found', async ({ page }) => {
      await page.setContent(page_('<input name="a">'));
      await expect(audit(page)).rejects.toThrow(/label/);
    });
  });
}

test('pale words are found, also when pale only in the dark', async ({ page }) => {
  await page.setContent(page_('<p>Бледно</p>', '@media (prefers-color-scheme: dark) { p { color: #333 } }'));
  await expect(audit(page)).rejects.toThrow(/dark\).*\n.*color-contrast/);
});

test('a small target is found', async ({ page }) => {
  await page.setContent(
    page_('<button style="width:12px;height:12px;padding:0">a</button><button style="width:12px;height:12px;padding:0">b</button>'),
  );
  await expect(audit(page)).rejects.toThrow(/target-size/);
});

test('a page wider than its window is found', async ({ page }) => {
  await page.setContent(page_('<div style="width: 340px">широко</div>'));
  await expect(noSidewaysScroll(page)).rejects.toThrow(/sideways at 320 px/);
});

test('cut text is found, by its own box or a box around it', async ({ page }) => {
  await page.setContent(
    page_('<p style="width: 60px; overflow: hidden; white-space: nowrap">Обращение № 123456</p>'),
  );
  await expect(noClippedText(page)).rejects.toThrow(/cuts text off/);
  await page.setContent(
    page_('<div style="height: 30px; overflow: hidden"><p>Одна строка</p><p>Другая строка</p></div>'),
  );
  await expect(noClippedText(page)).rejects.toThrow(/Другая/);
});

test('text for screen readers alone is not called cut', async ({ page }) => {
  await page.setContent(
    page_('<p style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)">Для чтеца</p>'),
  );
  await noClippedText(page);
});

test('what the Tab key cannot reach is found', async ({ page }) => {
  await page.setContent(
    page_('<button>Раз</button><div onkeydown="event.preventDefault()"><button>Два</button><button>Три</button></div>'),
  );
  await expect(keyboardReachesEverything(page)).rejects.toThrow(/Три/);
});

test('focus that cannot be seen is found', async ({ page }) => {
  await page.setContent(page_('<button>Раз</button>', 'button:focus { outline: none }'));
  await expect(keyboardReachesEverything(page)).rejects.toThrow(/can't be seen/);
});
