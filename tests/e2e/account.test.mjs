// A customer with a bill in hand: asks for an account, confirms it by mail,
// logs in, adds a second contract, sets the second step, forgets the password.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as stack from './stack.mjs';

const { site } = stack;
const rows = (name) => readFileSync(path.join(stack.dir, 'demo', name), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.split(','));

// A client code of the demonstration and the number of its newest bill.
function holder(client) {
  const numbers = rows('invoices.csv').map((row) => row[2])
    .filter((number) => number.endsWith(`-${client}`));
  return { client, number: numbers.at(-1) };
}

// The code that an app shows for SECRET (base32) now (RFC 6238), by another
// implementation than the site's.
function code(secret, later = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const c of secret) bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function submit(page, fields, button = 'main form button[type=submit]') {
  for (const [name, value] of Object.entries(fields)) {
    if (value === true) await page.check(`[name=${name}]`);
    else await page.fill(`[name=${name}]`, value);
  }
  await page.click(button);
}

async function look(page, name) {
  assert.deepEqual(await stack.axeFindings(page), [], `axe on ${name}`);
}

async function register(page, lang, who, email, password) {
  await page.goto(`${site}/${lang}/register`);
  await submit(page, { client_code: who.client, invoice_no: who.number, email,
    password, password_again: password, terms: true });
  assert.match(page.url(), /\/register\/sent$/);
  const mail = (await stack.waitMail(email)).at(-1);
  await page.goto(stack.linkIn(mail, `${site}/${lang}/activate/`));
  await page.click('main form button[type=submit]');
}

async function logIn(page, lang, email, password) {
  await page.goto(`${site}/${lang}/login`);
  await submit(page, { email, password });
}

for (const [lang, client] of [['ro', '100041'], ['bg', '100042'],
  ['en', '100043']]) {
  test(`register, log in, log out (${lang})`, async (t) => {
    const { browser, page } = await stack.open();
    t.after(() => browser.close());
    const email = `acc.${lang}@example.net`, password = 'un cal alb pe deal';
    await register(page, lang, holder(client), email, password);
    assert.match(page.url(), /\/login\?news=activated$/);
    await logIn(page, lang, email, 'not the one at all');
    assert.equal(await page.getAttribute('#password', 'aria-invalid'), 'true');
    assert.equal(await page.inputValue('#password'), '');
    await submit(page, { password });
    assert.equal(page.url(), `${site}/${lang}/home`);
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    await page.click('.menu form button');
    assert.match(page.url(), /\/login\?news=out$/);
    await page.goto(`${site}/${lang}/home`);
    assert.match(page.url(), /\/login\?next=%2Fhome$/);
  });
}

test('second contract, second step, forgotten password', async (t) => {
  const { browser, page } = await stack.open();
  t.after(() => browser.close());
  const email = 'acc.two@example.net', password = 'four words make it good';
  await register(page, 'en', holder('100021'), email, password);
  await logIn(page, 'en', email, password);
  await page.goto(`${site}/en/settings/contracts`);
  const second = holder('100022');
  await submit(page, { client_code: second.client,
    invoice_no: second.number }, 'main form button[type=submit]');
  assert.match(page.url(), /news=added$/);
  await page.goto(`${site}/en/settings/code`);
  const secret = await page.textContent('code.ref');
  const picture = await page.request.get(`${site}/en/settings/code/qr`);
  assert.match(await picture.text(), /^<svg /);
  await submit(page, { code: code(secret) });
  assert.match(page.url(), /news=code_on$/);

  const other = await stack.open();
  t.after(() => other.browser.close());
  await logIn(other.page, 'en', email, password);
  assert.match(other.page.url(), /\/login\/code\?next=/);
  await submit(other.page, { code: code(secret, 1) });
  assert.equal(other.page.url(), `${site}/en/home`);

  await other.page.goto(`${site}/en/account/sessions`);
  assert.equal(await other.page.locator('main li.note').count(), 2);
  const before = stack.mails(email).length;
  await page.goto(`${site}/en/reset`);
  await submit(page, { email });
  let mails = stack.mails(email);
  for (let i = 0; mails.length === before && i < 100; i++) {
    await page.waitForTimeout(200);
    mails = stack.mails(email);
  }
  const mail = mails.find((text) => text.includes('/en/reset/'));
  await page.goto(stack.linkIn(mail, `${site}/en/reset/`));
  await submit(page, { password: 'another four good words',
    password_again: 'another four good words' });
  assert.match(page.url(), /\/login\?news=reset$/);
  await other.page.goto(`${site}/en/home`);
  assert.match(other.page.url(), /\/login\?next=/, 'all browsers are out');
});

test('pays from the account: bill, receipt, list of payments', async (t) => {
  const { browser, page } = await stack.open();
  t.after(() => browser.close());
  const client = '100033', email = 'acc.pays@example.net';
  const row = rows('accounts.csv').find((one) => one[0] === client);
  await register(page, 'en', holder(client), email, 'pay it from the account');
  await logIn(page, 'en', email, 'pay it from the account');
  const bills = await page.goto(`${site}/en/invoices`);
  assert.equal(bills.status(), 200);
  await page.click('tbody tr:first-child a');
  assert.match(await page.textContent('h1'), /-100033/);
  await page.goto(`${site}/en/home`);
  const due = await page.locator('form[action$="/pay/selection"]').count();
  assert.ok(due > 0, 'this customer owes something');
  await page.click('form[action$="/pay/selection"] button');
  assert.match(page.url(), /\/pay\/selection\/[a-z2-7]{26}$/);
  await stack.startPaying(page);
  await stack.payAtProcessor(page);
  assert.equal(await stack.waitState(page, ['settled']), 'settled');
  await page.goto(`${site}/en/payments`);
  assert.match(await page.textContent('tbody tr:first-child'), /card/);
  await page.click('tbody tr:first-child th a');
  assert.match(page.url(), /\/en\/payments\/[a-z2-7]{26}$/);
  await page.click('dd a[href*="/pay/receipt/"]');
  assert.match(page.url(), /\/pay\/receipt\//);
  stack.assertSettledOnce(row[1], stack.lastPayment(row[1]));
});

test('pages of an account: axe, narrow and wide, in the dark', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await page.goto(`${site}/en/login`);
  await submit(page, { email: stack.env.CUSTOMER_EMAIL,
    password: stack.env.CUSTOMER_PASSWORD });
  const names = ['home', 'invoices', 'payments', 'meters', 'settings',
    'settings/contracts', 'settings/password', 'settings/representative',
    'settings/code', 'account/sessions', 'login', 'register', 'reset',
    'register/sent', 'reset/sent', 'confirm'];
  for (const name of names) {
    for (const [width, colorScheme] of [[320, 'light'], [1400, 'dark']]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${site}/en/${name}`);
      await look(page, `${name} at ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth
        <= document.documentElement.clientWidth), `${name} fits ${width}`);
    }
  }
});
