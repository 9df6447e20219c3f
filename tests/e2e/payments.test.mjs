// A customer saves the papers of a bill and of a year, looks at a payment,
// misses one, and prints.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as stack from './stack.mjs';

const { site, env } = stack;

async function look(page, name) {
  assert.deepEqual(await stack.axeFindings(page), [], `axe on ${name}`);
  const wide = await page.evaluate(() =>
    document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, `${name} is wider than the window`);
}

async function logIn(page, lang = 'en') {
  await page.goto(`${site}/${lang}/login`);
  await page.fill('[name=email]', env.CUSTOMER_EMAIL);
  await page.fill('[name=password]', env.CUSTOMER_PASSWORD);
  await page.click('main form button[type=submit]');
  assert.equal(page.url(), `${site}/${lang}/home`);
}

async function bytes(page, link) {
  const answer = await page.request.get(
    new URL(await link.getAttribute('href'), site).href);
  assert.equal(answer.status(), 200);
  return { body: await answer.body(), type: answer.headers()['content-type'] };
}

test('the papers of a bill, and of a year', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page);
  await page.goto(`${site}/en/invoices`);
  await look(page, 'bills');
  const zip = await bytes(page, page.locator('a[href*="/year/"]').first());
  assert.equal(zip.type, 'application/zip');
  assert.equal(zip.body.subarray(0, 2).toString(), 'PK');
  await page.click('tbody th a');
  await look(page, 'a bill');
  const xml = await bytes(page, page.locator('a[href$="/xml"]'));
  assert.match(xml.body.toString(), /<Invoice |<CreditNote /);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.menu').isVisible(), false);
  assert.equal(await page.locator('h1').isVisible(), true);
});

test('a payment, and one that is missing', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true,
    viewport: { width: 320, height: 800 } });
  t.after(() => browser.close());
  for (const lang of ['ro', 'bg', 'en']) {
    await logIn(page, lang);
    await page.goto(`${site}/${lang}/payments`);
    await look(page, `payments ${lang}`);
    await page.click('tbody th a');
    await look(page, `a payment ${lang}`);
    assert.ok(await page.locator('a[href*="/invoices/"]').count() > 0);
    await page.goto(`${site}/${lang}/payments/missing`);
    await look(page, `missing ${lang}`);
  }
  await page.click('main form button[type=submit]');
  assert.equal(await page.getAttribute('#amount', 'aria-invalid'), 'true');
  await look(page, 'missing, refused');
  const amount = `${1 + Date.now() % 89999}.37`; // nothing that was paid
  await page.fill('#date', new Date(Date.now() - 86400e3).toISOString()
    .slice(0, 10));
  await page.fill('#amount', amount);
  await page.check('#how-post');
  await page.fill('#note', 'At the post office of the station');
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /\/payments\/missing\?news=filed$/);
  await look(page, 'filed');
  const number = (await page.textContent('[role=status]'))
    .match(/\b[2-9A-Z]{8}\b/)[0];
  for (let i = 0; ; i++) { // the mail with it
    if (stack.mails(env.CUSTOMER_EMAIL).some((mail) => mail.includes(number)))
      break;
    assert.ok(i < 100, `no mail with ${number}`);
    await page.waitForTimeout(200);
  }
});
