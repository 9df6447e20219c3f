// An owner invites somebody, who has no contract and no log-in; they see what
// the invitation says, and nothing once it is ended.  The profile, a new
// address, somebody who acts for an organisation.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as stack from './stack.mjs';

const { site } = stack;
const rows = (name) => readFileSync(path.join(stack.dir, 'demo', name), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.split(','));
const password = 'four words make it good';

// A client code of the demonstration and the number of its newest bill.
function holder(client) {
  const numbers = rows('invoices.csv').map((row) => row[2])
    .filter((number) => number.endsWith(`-${client}`));
  return { client, number: numbers.at(-1) };
}

async function submit(page, fields, button = 'main form button[type=submit]') {
  for (const [name, value] of Object.entries(fields)) {
    if (value === true) await page.check(`[name=${name}]`);
    else await page.fill(`[name=${name}]`, value);
  }
  await page.click(button);
}

// The newest mail to ADDRESS that holds a link to PREFIX, once it is there.
async function mailed(address, prefix) {
  for (let i = 0; i < 100; i++) {
    const mail = stack.mails(address).reverse()
      .find((text) => text.replace(/=\r?\n/g, '').includes(prefix));
    if (mail) return stack.linkIn(mail, prefix);
    await new Promise((done) => setTimeout(done, 200));
  }
  return assert.fail(`no mail for ${address} with ${prefix}`);
}

async function register(page, lang, client, email) {
  const who = holder(client);
  await page.goto(`${site}/${lang}/register`);
  await submit(page, { client_code: who.client, invoice_no: who.number, email,
    password, password_again: password, terms: true });
  await page.goto(await mailed(email, `${site}/${lang}/activate/`));
  await page.click('main form button[type=submit]');
  await logIn(page, lang, email);
}

async function logIn(page, lang, email) {
  await page.goto(`${site}/${lang}/login`);
  await submit(page, { email, password });
  assert.equal(page.url(), `${site}/${lang}/home`);
}

const inDays = (days) => new Date(Date.now() + days * 86400000)
  .toISOString().slice(0, 10);

for (const [lang, client] of [['ro', '100051'], ['bg', '100052'],
  ['en', '100053']]) {
  test(`invited, lets in, ended (${lang})`, async (t) => {
    const owner = await stack.open(), guest = await stack.open();
    t.after(() => owner.browser.close());
    t.after(() => guest.browser.close());
    const email = `tenant.${lang}@example.net`;
    await register(owner.page, lang, client, `owner.${lang}@example.net`);
    await owner.page.goto(`${site}/${lang}/settings/people/invite`);
    await owner.page.check('#preset-accountant');
    await submit(owner.page, { email, until: inDays(30) });
    assert.match(owner.page.url(), /\/settings\/people\?news=sent$/);

    const { page } = guest;
    await page.goto(await mailed(email, `${site}/${lang}/invite/`));
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    await submit(page, { password, password_again: password, terms: true });
    assert.match(page.url(), /\/login\?news=activated$/);
    await logIn(page, lang, email);
    assert.equal(await page.locator('main .slip').count(), 1);
    await page.goto(`${site}/${lang}/settings/people/invite`);
    assert.equal(page.url(), `${site}/${lang}/settings/people`,
      'who is invited invites nobody');
    assert.equal(await page.locator('main li.note').count(), 0);

    await owner.page.goto(`${site}/${lang}/settings/people`);
    assert.match(await owner.page.textContent('main li.note h2'), /tenant/);
    await owner.page.click('main li.note button[type=submit]');
    assert.match(owner.page.url(), /news=ended$/);
    await page.goto(`${site}/${lang}/home`);
    assert.equal(page.url(), `${site}/${lang}/home`, 'the log-in lives');
    assert.equal(await page.locator('main .slip').count(), 0);
  });
}

test('some of several places, and the log of what happened', async (t) => {
  const { browser, page } = await stack.open();
  t.after(() => browser.close());
  await register(page, 'en', '100061', 'two.places@example.net');
  const second = holder('100062');
  await page.goto(`${site}/en/settings/contracts`);
  await submit(page, { client_code: second.client,
    invoice_no: second.number });
  await page.goto(`${site}/en/settings/people/invite`);
  await page.check('#preset-own');
  await submit(page, { email: 'reader@example.net', read_meter: true,
    until: inDays(7) });
  assert.equal(await page.locator('#all-error').count(), 1, 'which places?');
  assert.ok(await page.isChecked('#preset-own'), 'what was chosen stays');
  assert.ok(await page.isChecked('#read_meter'));
  await page.check('#place_1');
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /news=sent$/);
  assert.equal(await page.locator('main li.note dl.rows').count(), 1);
  await page.click('main li.note button[type=submit]');
  assert.match(page.url(), /news=withdrawn$/);
  assert.equal(await page.locator('main .slip dl.rows > div').count(), 2);
});

test('a name for a place, no paper, another address', async (t) => {
  const { browser, page } = await stack.open();
  t.after(() => browser.close());
  await register(page, 'en', '100063', 'profile@example.net');
  await page.goto(`${site}/en/settings/profile`);
  await page.click('main a[href*="/settings/place/"]');
  await page.check('#paper-electronic');
  await submit(page, { nickname: 'Grandmother', address: 'Str. Nouă 5, Iași' });
  assert.match(page.url(), /news=asked$/);
  await page.goto(`${site}/en/home`);
  assert.equal(await page.textContent('main .slip h2'), 'Grandmother');
  await page.goto(`${site}/en/settings/email`);
  await submit(page, { email: 'profile.new@example.net' });
  assert.match(page.url(), /news=email$/);
  await page.goto(await mailed('profile.new@example.net',
    `${site}/en/email/`));
  await page.click('main form button[type=submit]');
  await logIn(page, 'en', 'profile.new@example.net');
  await page.goto(await mailed('profile@example.net',
    `${site}/en/email/cancel/`));
  await page.click('main form button[type=submit]');
  await page.goto(`${site}/en/home`);
  assert.match(page.url(), /\/login\?next=/, 'the old address undid it');
  await logIn(page, 'en', 'profile@example.net');
});

test('pages of people: axe, narrow and wide, in the dark', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await register(page, 'en', '100064', 'look@example.net');
  await page.goto(`${site}/en/settings/people/invite`);
  await page.check('#preset-own');
  await submit(page, { email: 'seen@example.net', see: true, pay: true });
  const invite = (await mailed('seen@example.net', `${site}/en/invite/`))
    .slice(`${site}/en/`.length);
  await page.goto(`${site}/en/settings/profile`);
  const place = await page.getAttribute('main a[href*="/settings/place/"]',
    'href');
  const names = ['settings', 'settings/people', 'settings/people/invite',
    'settings/profile', place.slice('/en/'.length), 'settings/email',
    'settings/representative', 'settings/contracts', invite,
    `${invite}/accept`];
  for (const name of names) {
    for (const [width, colorScheme] of [[320, 'light'], [1400, 'dark']]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${site}/en/${name}`);
      assert.deepEqual(await stack.axeFindings(page), [],
        `axe on ${name} at ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth
        <= document.documentElement.clientWidth), `${name} fits ${width}`);
    }
  }
});
