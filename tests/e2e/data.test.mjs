// A customer looks at the log of their account and checks it, lets a program
// read, saves their data, asks to close the account and keeps it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as stack from './stack.mjs';

const { site, env } = stack;

async function look(page, name) {
  assert.deepEqual(await stack.axeFindings(page), [], `axe on ${name}`);
}

async function logIn(page, lang = 'en') {
  await page.goto(`${site}/${lang}/login`);
  await page.fill('[name=email]', env.CUSTOMER_EMAIL);
  await page.fill('[name=password]', env.CUSTOMER_PASSWORD);
  await page.click('main form button[type=submit]');
  assert.equal(page.url(), `${site}/${lang}/home`);
}

// The records of a file of ours: every field may be quoted.
function csv(text) {
  return text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) =>
    [...line.matchAll(/("((?:[^"]|"")*)"|[^,]*)(?:,|$)/g)].slice(0, 7)
      .map((m) => (m[2] ?? m[1]).replaceAll('""', '"')));
}

// Press BUTTON and return the bytes of the file that is saved.
async function saved(page, button) {
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.click(button)]);
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts);
}

test('the log, and its chain', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  for (const lang of ['ro', 'bg', 'en']) {
    await logIn(page, lang);
    await page.goto(`${site}/${lang}/settings/log`);
    await look(page, `log ${lang}`);
  }
  assert.match(await page.textContent('tbody'), /Logged in\s*Chrome, Linux/);
  const file = await page.request.get(`${site}/en/settings/log/csv`);
  const rows = csv(await file.text()).slice(1).reverse();
  assert.ok(rows.length >= 3);
  let before = Buffer.alloc(0);
  for (const [seq, , us, kind, detail, text, hash] of rows) {
    assert.equal(text, `${seq}|${us}|${kind}|${detail}`);
    before = createHash('sha256').update(before).update(text).digest();
    assert.equal(before.toString('hex'), hash);
  }
});

test('a program reads with a token, until it is revoked', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page);
  await page.goto(`${site}/en/settings/tokens`);
  await look(page, 'tokens');
  await page.click('main form:last-of-type button[type=submit]');
  assert.equal(await page.getAttribute('#name', 'aria-invalid'), 'true');
  await look(page, 'tokens refused');
  await page.fill('#name', 'Home automation');
  await page.click('main section form button[type=submit]');
  const token = (await page.textContent('code.ref')).trim();
  assert.match(token, /^smetka_[a-z2-7]{26}$/);
  await look(page, 'token');
  // another program: no cookie of the browser
  const bare = await stack.open({ javaScriptEnabled: true });
  t.after(() => bare.browser.close());
  const ask = (path, headers = {}) => bare.page.request.get(`${site}${path}`,
    { headers: { Authorization: `Bearer ${token}`, ...headers },
      maxRedirects: 0 });
  const me = await ask('/api/v1/me');
  assert.equal(me.status(), 200);
  assert.equal((await me.json()).login, env.CUSTOMER_EMAIL);
  assert.ok((await me.json()).places[0].balances.length > 0);
  const again = await ask('/api/v1/me',
    { 'If-None-Match': me.headers().etag });
  assert.equal(again.status(), 304);
  const numbers = [];
  for (let path = '/api/v1/me/invoices?limit=2'; path;) {
    const answer = await (await ask(path)).json();
    numbers.push(...answer.invoices.map((bill) => bill.number));
    path = answer.next_cursor &&
      `/api/v1/me/invoices?limit=2&cursor=${answer.next_cursor}`;
  }
  assert.ok(numbers.length > 2);
  assert.equal(new Set(numbers).size, numbers.length);
  const none = await bare.page.request.get(`${site}/api/v1/me`,
    { maxRedirects: 0 });
  assert.equal(none.status(), 401);
  assert.equal((await none.json()).status, 401);
  assert.match(none.headers()['www-authenticate'], /^Bearer/);
  await page.goto(`${site}/en/settings/tokens`);
  assert.equal(await page.locator('main li.note').count(), 1);
  assert.doesNotMatch(await page.textContent('main'), /never|smetka_/);
  await page.click('main li.note button');
  assert.match(page.url(), /news=ended$/);
  assert.equal((await ask('/api/v1/me')).status(), 401);
  const mail = (await stack.waitMail(env.CUSTOMER_EMAIL)).at(-1);
  assert.match(mail, /\/en\/settings\/tokens|\/ro\/settings\/tokens/);
});

test('the data are saved, the account is to close, and is kept', async (t) => {
  const { browser, page } = await stack.open({ acceptDownloads: true,
    javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page);
  await page.goto(`${site}/en/settings/data`);
  await look(page, 'data');
  const zip = await saved(page,
    'form:has([name=do][value=export]) button[type=submit]');
  assert.equal(zip.subarray(0, 2).toString(), 'PK');
  for (const name of ['data.json', 'invoices.csv', 'log.csv'])
    assert.ok(zip.includes(name), name);
  await page.click('form:has([name=sure]) button[type=submit]');
  assert.equal(await page.getAttribute('#sure', 'aria-invalid'), 'true');
  await look(page, 'data refused');
  const before = stack.mails(env.CUSTOMER_EMAIL).length;
  await page.check('#sure');
  await page.click('form:has([name=sure]) button[type=submit]');
  assert.match(page.url(), /news=closing$/);
  await look(page, 'closing');
  await page.goto(`${site}/en/home`);
  await look(page, 'home while closing');
  assert.match(await page.textContent('aside.announcement'), /closes on/);
  let mails = stack.mails(env.CUSTOMER_EMAIL);
  for (let i = 0; mails.length === before && i < 100; i++) {
    await page.waitForTimeout(200);
    mails = stack.mails(env.CUSTOMER_EMAIL);
  }
  const mail = mails.find((text) => /\/closing\//.test(text));
  const lang = /\/(ro|bg|en)\/closing\//.exec(mail)[1];
  const other = await stack.open({ javaScriptEnabled: true });
  t.after(() => other.browser.close());
  await other.page.goto(stack.linkIn(mail, `${site}/${lang}/closing/`));
  await look(other.page, 'keep the account');
  await other.page.click('main form button[type=submit]');
  await look(other.page, 'kept');
  await page.goto(`${site}/en/home`);
  assert.equal(await page.locator('aside.announcement').count(), 0);
});
