// The guest with a paper bill: pays, mistypes, is declined, double-clicks,
// goes back, uses two tabs, closes the browser.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { site, box, open, go, lookUp, startPaying, payAtProcessor, state,
  waitState, waitMail, mails, linkIn, takeCode, balance, lastPayment,
  assertSettledOnce, assertBooks, behave, sql } from './stack.mjs';

const { browser, context } = await open();
after(() => browser.close());
let n = 0;
const address = () => `guest${++n}@example.org`;

test('pays the whole balance and gets one receipt and one mail', async () => {
  const page = await context.newPage();
  const code = takeCode();
  const email = address();
  await page.goto(`${site}/en/`);
  await page.click('a[href$="/en/pay"]');
  await page.fill('[name=payment_code]', code);
  await page.fill('[name=email]', email);
  await page.click('main form button[type=submit]');
  assert.match(page.url(), /\/en\/pay\/[a-z2-7]{26}$/);
  assert.equal(await page.locator('form[action$="/start"] button[type=submit]')
    .count(), 1, 'one Pay button');
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  const payment = lastPayment(code);
  assertSettledOnce(code, payment);
  assert.equal(balance(code).minor, 0);
  const [mail] = await waitMail(email);
  assert.match(mail, /^Content-Type: multipart\/alternative/m);
  const link = linkIn(mail, `${site}/en/pay/receipt/`);

  const other = await open();
  assert.equal((await other.page.goto(link)).status(), 200, 'the receipt');
  const file = await other.context.request.get(site +
    await other.page.getAttribute('a[href*="/pdf"]', 'href'));
  assert.equal(file.status(), 200, 'the receipt as a file');
  assert.equal(file.headers()['content-type'], 'application/pdf');
  assert.equal(file.headers()['cache-control'], 'private, no-cache');
  const words = execFileSync('pdftotext', ['-', '-'],
    { input: await file.body(), encoding: 'utf8' });
  assert.match(words, /R20\d\d-\d{8}/);
  assert.match(words, /receipt is genuine/);
  const status = link.replace('/receipt/', '/status/');
  await other.page.goto(status);
  assert.equal(await state(other.page), 'settled', 'the mailed link opens it');
  assert.equal((await other.page.goto(status.split('?')[0])).status(), 404,
    'without the link another browser sees nothing');
  assert.equal((await other.page.goto(link.split('?')[0])).status(), 404);
  await other.browser.close();

  await page.click('a[href*="/receipt/"]');
  assert.ok((await page.textContent('main')).length > 100);
  await new Promise((done) => setTimeout(done, 2000));
  assert.equal(mails(email).length, 1, 'one mail');
  await page.close();
});

test('a mistyped code keeps what was typed and says where', async () => {
  const page = await context.newPage();
  await lookUp(page, '12', 'not-an-address');
  assert.match(await page.title(), /^Error:/);
  assert.equal(await page.inputValue('[name=payment_code]'), '12');
  assert.equal(await page.inputValue('[name=email]'), 'not-an-address');
  for (const field of ['payment_code', 'email']) {
    const input = page.locator(`[name=${field}]`);
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
    const described = (await input.getAttribute('aria-describedby')).split(' ');
    const texts = await Promise.all(described.map((id) =>
      page.locator(`#${id}`).textContent()));
    assert.ok(texts.join('').trim().length > 10);
    const id = await input.getAttribute('id');
    assert.equal(await page.locator(`[role=alert] a[href="#${id}"], .errors a[href="#${id}"]`)
      .count(), 1, 'the summary links to the field');
  }
  await page.close();
});

test('an unknown code says so without a hint', async () => {
  const page = await context.newPage();
  await lookUp(page, 'ZZZZ9999ZZZZ', address());
  assert.match(page.url(), /\/en\/pay$/);
  assert.equal(await page.inputValue('[name=payment_code]'), 'ZZZZ9999ZZZZ');
  await page.close();
});

test('is declined, tries another card, pays', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, address());
  await startPaying(page);
  await payAtProcessor(page, '4000 0000 0000 0002');
  assert.match(await page.textContent('main'), /declined/);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});

test('approves at the bank (3-D Secure)', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, address());
  await startPaying(page);
  await payAtProcessor(page, '4000 0025 0000 3155');
  await page.click('button[value=approve]');
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});

test('comes back without paying, cancels, starts again, pays', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, address());
  const bill = page.url();
  await startPaying(page);
  await page.click('button[value=cancel]');
  await page.waitForURL(`${site}/en/pay/status/**`);
  assert.equal(await state(page), 'started');
  await page.click('form[action$="/cancel"] button');
  await waitState(page, ['cancelled']);
  await go(page, bill);
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});

test('a double click and a posted-again form start one payment', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, address());
  const form = await page.locator('form[action$="/start"]').evaluateAll(
    (forms) => forms.map((f) => ({ action: f.action,
      body: new URLSearchParams(new FormData(f)).toString() }))).catch(() => null)
    ?? null;
  const request = async () => context.request.post(form[0].action, {
    data: form[0].body, maxRedirects: 0,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: site },
  });
  assert.ok(form, 'the pay form');
  const answers = await Promise.all([request(), request(), request()]);
  for (const a of answers) assert.equal(a.status(), 303);
  const again = await request();
  assert.equal(again.status(), 303);
  assert.equal(sql(`SELECT 1 FROM audit.payment p JOIN audit.account a
    USING (account_id) WHERE a.payment_code_hint = '${code.slice(-4)}'`).length, 1);
  await page.close();
});

test('goes back after paying: nothing is left to pay', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, address());
  const bill = page.url();
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  await go(page, bill);
  assert.equal(await page.locator('form[action$="/start"]').count(), 0);
  assert.doesNotMatch(await page.textContent('main'), /overdue/i);
  await page.close();
});

test('two tabs with two codes under one cookie', async () => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  const [a, b] = [takeCode(), takeCode()];
  await lookUp(one, a, address());
  await lookUp(two, b, address());
  await startPaying(one);
  await startPaying(two);
  await payAtProcessor(two);
  await payAtProcessor(one);
  for (const [page, code] of [[one, a], [two, b]]) {
    await page.waitForURL(`${site}/en/pay/status/**`);
    await waitState(page, ['settled']);
    assertSettledOnce(code, lastPayment(code));
    await page.close();
  }
});

test('two people with one code: both are money, the surplus is credit', async () => {
  const code = takeCode();
  const [x, y] = [await open(), await open()];
  await lookUp(x.page, code, address());
  await startPaying(x.page);
  await lookUp(y.page, code, address());
  assert.match(await y.page.textContent('main'), /started/i);
  await startPaying(y.page);
  await payAtProcessor(x.page);
  await x.page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(x.page, ['settled']);
  await payAtProcessor(y.page);
  await y.page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(y.page, ['settled']);
  const rows = sql(`SELECT balance_minor FROM audit.account
    WHERE payment_code_hint = '${code.slice(-4)}'`);
  assert.ok(rows.some((r) => Number(r[0]) < 0), 'the surplus is credit');
  assertBooks();
  await x.browser.close();
  await y.browser.close();
});

test('closes the browser before the return; the mailed link tells', async () => {
  const guest = await open();
  const code = takeCode();
  const email = address();
  await lookUp(guest.page, code, email);
  await startPaying(guest.page);
  await guest.context.route(`${site}/**`, (route) => route.abort());
  await payAtProcessor(guest.page).catch(() => {});
  await guest.browser.close();
  const [mail] = await waitMail(email);
  assertSettledOnce(code, lastPayment(code));
  const later = await open();
  await later.page.goto(linkIn(mail, `${site}/en/pay/receipt/`)
    .replace('/receipt/', '/status/'));
  assert.equal(await state(later.page), 'settled');
  await later.browser.close();
});

test('no notification, no return: the sweep finds the money', async () => {
  await behave({ notify: 'none' });
  try {
    const guest = await open();
    const code = takeCode();
    const email = address();
    await lookUp(guest.page, code, email);
    await startPaying(guest.page);
    await guest.context.route(`${site}/**`, (route) => route.abort());
    await payAtProcessor(guest.page).catch(() => {});
    await guest.browser.close();
    await waitMail(email, 60);
    assertSettledOnce(code, lastPayment(code));
  } finally {
    await behave({ notify: 'normal' });
  }
});

test('notifications twice, and out of order, settle once', async () => {
  for (const notify of ['twice', 'reorder']) {
    await behave({ notify });
    const page = await context.newPage();
    const code = takeCode();
    await lookUp(page, code, address());
    await startPaying(page);
    await payAtProcessor(page, '4000 0000 0000 0002');
    await payAtProcessor(page);
    await page.waitForURL(`${site}/en/pay/status/**`);
    await waitState(page, ['settled']);
    await page.waitForTimeout(notify === 'reorder' ? 5000 : 1500);
    await go(page, page.url());
    assert.equal(await state(page), 'settled');
    assertSettledOnce(code, lastPayment(code));
    await page.close();
  }
  await behave({ notify: 'normal' });
});

test('the processor never answers the create call: the money stays right',
  { timeout: 120000 }, async () => {
    await behave({ create: 'never' });
    const page = await context.newPage();
    const code = takeCode();
    page.setDefaultTimeout(60000);
    await lookUp(page, code, address());
    await page.click('form[action$="/start"] button[type=submit]');
    await page.waitForURL(`${site}/en/pay/status/**`, { timeout: 60000 });
    assert.ok(['started', 'processing', 'unknown'].includes(await state(page)));
    assert.doesNotMatch(await page.textContent('main'), /no money was taken/i);
    await behave({ create: 'normal' });
    assertBooks();
    await page.close();
  });

test('pays another amount, oldest first', async () => {
  const page = await context.newPage();
  const code = takeCode();
  const before = balance(code).minor;
  await lookUp(page, code, address());
  await page.check('[name=choice][value=other]');
  await page.fill('[name=amount]', '10,00');
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assert.equal(balance(code).minor, before - 1000);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});
