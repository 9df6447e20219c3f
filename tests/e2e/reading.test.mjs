// Meter readings: from somebody without an account, and of many meters in one
// file.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as stack from './stack.mjs';

const { site, env } = stack;
const langs = ['ro', 'bg', 'en'];

async function look(page, name) {
  assert.deepEqual(await stack.axeFindings(page), [], `axe on ${name}`);
  for (const width of [320, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() =>
      document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} px too wide at ${width}`);
  }
}

async function logIn(page, lang = 'en') {
  await page.goto(`${site}/${lang}/login`);
  await page.fill('[name=email]', env.CUSTOMER_EMAIL);
  await page.fill('[name=password]', env.CUSTOMER_PASSWORD);
  await page.click('main form button[type=submit]');
  assert.equal(page.url(), `${site}/${lang}/home`);
}

test('a guest sends a reading', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  const [, line] = readFileSync(path.join(stack.dir, 'demo', 'accounts.csv'),
    'utf8').split('\n');
  const client = line.split(',')[0];
  for (const lang of langs) {
    await page.goto(`${site}/${lang}/reading`);
    await look(page, `reading ${lang}`);
  }
  await page.goto(`${site}/en/services`);
  await page.click('main a[href="/en/reading"]');
  await page.click('main form button[type=submit]');
  for (const field of ['client_code', 'serial', 'value']) {
    assert.equal(await page.getAttribute(`#${field}`, 'aria-invalid'), 'true');
  }
  await look(page, 'reading refused');
  await page.fill('#client_code', client);
  await page.fill('#serial', `EM ${client}`);
  await page.fill('#value', '012345,5');
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /\/en\/reading\/[2-9A-HJKMNP-Z]{8}$/);
  const reference = (await page.textContent('.ref')).trim();
  assert.equal(page.url().slice(-8), reference);
  await look(page, 'reading sent');
  // a meter that does not exist gets the same answer
  await page.goto(`${site}/en/reading`);
  await page.fill('#client_code', client);
  await page.fill('#serial', 'NO SUCH METER');
  await page.fill('#value', '1');
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /\/en\/reading\/[2-9A-HJKMNP-Z]{8}$/);
});

test('many readings in one file', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  for (const lang of langs) {
    await logIn(page, lang);
    await page.goto(`${site}/${lang}/meters/file`);
    await look(page, `file ${lang}`);
  }
  const fetched = await page.request.get(`${site}/en/meters/file/csv`);
  assert.equal(fetched.status(), 200);
  const lines = (await fetched.text()).trim().split('\r\n');
  assert.ok(lines.length > 1);
  // the same index once more: nothing was used, which is to be confirmed
  const filled = lines.map((line, i) => i === 0 ? line
    : line.replace(/,(\d+),([\d-]+),""$/, ',$1,$2,$1'));
  filled.push('"NOBODY-1",1,"",,,5');
  const file = { name: 'readings.csv', mimeType: 'text/csv',
    buffer: Buffer.from(`${filled.join('\r\n')}\r\n`) };
  await page.setInputFiles('#file', file);
  await page.click('main form button[type=submit]');
  assert.match(await page.textContent('.problem table'),
    /NOBODY1\s*You have no meter with this serial number\./);
  await look(page, 'file refused');
  assert.match(await page.inputValue('#lines'), /"NOBODY-1",1,"",,,5/);
  // from the text area, without choosing the file again
  if (await page.isVisible('#sure')) await page.check('#sure');
  await page.check('#good_ones');
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /\/en\/meters\/file\/[a-z2-7]{26}\?left_out=\d+$/);
  await look(page, 'file sent');
  for (const reference of await page.locator('td.ref').allTextContents()) {
    assert.match(reference, /^[2-9A-HJKMNP-Z]{8}$/);
  }
  // and nothing is sent twice
  const sent = await page.locator('td.ref').count();
  await page.reload();
  assert.equal(await page.locator('td.ref').count(), sent);
  assert.ok(sent > 0);
});
