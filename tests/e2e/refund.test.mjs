// Paid twice: the second payment becomes credit and its payer has it back;
// what the processor says of refunds and disputes later stands on the page.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { site, box, env, open, go, lookUp, startPaying, payAtProcessor, state,
  waitState, waitMail, mails, linkIn, takeCode, balance, sql, assertBooks,
  axeFindings } from './stack.mjs';

const guests = [];
after(async () => { for (const g of guests) await g.browser.close(); });

async function pays(code, email, options) {
  const guest = await open(options);
  guests.push(guest);
  await lookUp(guest.page, code, email);
  await startPaying(guest.page);
  return guest;
}

async function until(what, seconds, test) {
  for (let i = 0; i < seconds * 4; i++) {
    const got = await test();
    if (got) return got;
    await new Promise((done) => setTimeout(done, 250));
  }
  return assert.fail(what);
}

const payment = (email) => sql(`SELECT p.payment_id, p.processor_ref
  FROM audit.payment p JOIN audit.outbox o ON o.dedupe_key =
  'receipt:' || p.payment_id WHERE o.recipient_hash =
  encode(sha256('${email}'), 'hex')`)[0];

function desk(path, body = {}) { // a button of the processor's own desk
  execFileSync('curl', ['-fsS', '--cacert', env.CA, '-o', '/dev/null',
    '-H', `Origin: ${box}`, '-d', new URLSearchParams({ csrf: 'sandbox', ...body }).toString(),
    `${box}${path}`]);
}

test('two browsers pay one bill; the second has its money back', async () => {
  const code = takeCode();
  const owed = balance(code).minor;
  const a = await pays(code, 'first@example.org');
  const b = await pays(code, 'second@example.org', { viewport: { width: 390, height: 844 } });
  await payAtProcessor(a.page);
  await waitState(a.page, ['settled']);
  await payAtProcessor(b.page);
  await waitState(b.page, ['settled']);
  assert.equal(balance(code).minor, 0);
  assert.equal(await a.page.locator('form[action$="/refund"]').count(), 0,
    'the first payment offers nothing');
  assert.match(await b.page.textContent('main'), /paid twice/);
  const wide = await b.page.evaluate(() => document.documentElement.scrollWidth).catch(() => 390);
  assert.ok(wide <= 390);
  const [mail] = await until('a mail about the surplus', 20, () =>
    mails('second@example.org').filter((m) => /paid more/i.test(m)).slice(0, 1)[0]
      && mails('second@example.org').filter((m) => /paid more/i.test(m)));
  // from the mailed link, in another browser
  const other = await open();
  guests.push(other);
  await other.page.goto(linkIn(mail, `${site}/en/pay/status/`));
  await Promise.all([other.page.waitForURL(/\/pay\/status\//),
    other.page.click('form[action$="/refund"] button')]);
  const [id] = payment('second@example.org');
  await until('the refund', 20, () => sql(`SELECT 1 FROM audit.refund WHERE
    payment_id = '${id}' AND state = 'succeeded' AND amount_minor = ${owed}`).length);
  await go(b.page, b.page.url());
  assert.equal(await state(b.page), 'refunded');
  assert.equal(await b.page.locator('form[action$="/refund"]').count(), 0);
  await until('a mail that it went back', 20, () =>
    mails('second@example.org').some((m) => /way back/.test(m)));
  assert.equal(sql(`SELECT 1 FROM audit.refund WHERE payment_id = '${id}'`).length, 1);
  assertBooks();
});

test('a refund at the processor\'s desk, then a dispute, are told in words', async () => {
  const code = takeCode();
  const guest = await pays(code, 'contested@example.org');
  await payAtProcessor(guest.page);
  await waitState(guest.page, ['settled']);
  await waitMail('contested@example.org');
  const [id, ref] = payment('contested@example.org');
  desk(`/refund/${ref}`, { amount: '1.00' });
  await until('the refund of the desk', 20, () => sql(`SELECT 1 FROM audit.refund
    WHERE payment_id = '${id}' AND amount_minor = 100`).length);
  await go(guest.page, guest.page.url());
  assert.equal(await state(guest.page), 'partly_refunded');
  assert.equal(balance(code).minor, 100, 'owed again');
  desk(`/dispute/${ref}`);
  await until('the dispute', 20, () => sql(`SELECT 1 FROM audit.dispute
    WHERE payment_id = '${id}' AND state = 'open'`).length);
  for (const lang of ['ro', 'bg', 'en']) {
    await go(guest.page, guest.page.url().replace(/\/(ro|bg|en)\//, `/${lang}/`));
    assert.equal(await state(guest.page), 'disputed');
  }
  const seeing = await open({ javaScriptEnabled: true });
  guests.push(seeing);
  await seeing.context.addCookies(await guest.context.cookies());
  await seeing.page.goto(guest.page.url());
  assert.deepEqual(await axeFindings(seeing.page), []);
  assertBooks();
});
