// The customer of the demonstration has two meters, of which one may be read
// today: from the log-in to the confirmation and its mail; the other one says
// when its turn is; a doubt is asked about.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as stack from './stack.mjs';

const { site, env } = stack;

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

// axe needs scripts, so they are on here; the pages have none.
//
// Nothing is wider than the screen but what scrolls by itself.
async function fits(page, name) {
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok(await page.evaluate(() =>
    document.documentElement.scrollWidth <= 320), `${name} at 320 px`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function logIn(page, lang = 'en') {
  await page.goto(`${site}/${lang}/login`);
  await submit(page, { email: env.CUSTOMER_EMAIL,
    password: env.CUSTOMER_PASSWORD });
  assert.equal(page.url(), `${site}/${lang}/home`);
}

// The indexes before, as the form's hints have them.
async function before(page) {
  const hints = await page.locator('form[action$="/reading"] .field .hint')
    .allTextContents();
  return hints.map((text) => Number(text.match(/: (\d+)/)[1]));
}

const send = 'form[action$="/reading"] button[type=submit]';

test('from the overview to the confirmation', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page);
  await look(page, 'the overview');
  await fits(page, 'the overview');
  assert.match(await page.textContent('main'), /days? left/);

  await page.click('.menu a[href$="/meters"]');
  assert.equal(await page.locator('tbody tr').count(), 2);
  assert.match(await page.textContent('tbody'), /next: /);
  await look(page, 'the list');
  await fits(page, 'the list');

  // the meter whose turn it is not: when it is, and no form
  await page.click('tbody tr:has-text("next: ") a');
  assert.equal(await page.locator(send).count(), 0);
  assert.match(await page.textContent('#send'), /next: \d/);
  assert.ok(await page.locator('tbody tr').count() > 10, 'its history');

  await page.goto(`${site}/en/home`);
  await page.click('main a:has-text("Send the index")');
  assert.match(page.url(), /\/meters\/[a-z2-7]{26}$/);
  await look(page, 'the meter');
  await fits(page, 'the meter');
  const [last] = await before(page);

  await submit(page, { value_1: String(last - 1) }, send);
  assert.equal(await page.getAttribute('#value_1', 'aria-invalid'), 'true');
  assert.match(await page.textContent('#value_1-error'),
    new RegExp(`The last one was ${last} on`));
  await look(page, 'a refusal');
  await submit(page, { value_1: String(last) }, send);
  assert.equal(await page.locator('#sure').count(), 1, 'is it nothing?');
  await look(page, 'a doubt');
  await fits(page, 'a doubt');

  const mails = stack.mails(env.CUSTOMER_EMAIL).length;
  await submit(page, { value_1: String(last), sure: true }, send);
  assert.match(page.url(), /\/meters\/sent\/[a-z2-7]{26}$/);
  assert.match(await page.textContent('main'), /Accepted/);
  assert.match(await page.textContent('main'), /Estimate of the next bill/);
  assert.match(await page.textContent('main'), new RegExp(`${last} kWh`));
  await look(page, 'the confirmation');
  await fits(page, 'the confirmation');
  const reference = await page.textContent('code.ref');

  let mail;
  for (let i = 0; !mail && i < 100; i++) {
    mail = stack.mails(env.CUSTOMER_EMAIL).slice(mails)
      .find((text) => text.includes(reference));
    if (!mail) await page.waitForTimeout(200);
  }
  assert.ok(mail, 'the mail has the reference');

  // corrected: the form has what was sent
  await page.click('main a:has-text("Correct it")');
  assert.equal(await page.inputValue('#value_1'), String(last));
  await page.goto(`${site}/en/home`);
  assert.match(await page.textContent('main'), /The index was sent/);
});

for (const [lang, word] of [['ro', /În verificare/], ['bg', /В проверка/]]) {
  test(`far too much is said twice (${lang})`, async (t) => {
    const { browser, page } = await stack.open({ javaScriptEnabled: true });
    t.after(() => browser.close());
    await logIn(page, lang);
    await page.goto(`${site}/${lang}/meters`);
    await page.click('tbody tr:has(strong) a, tbody tr:has-text("kWh") a');
    if (await page.locator(send).count() === 0) {
      await page.goto(`${site}/${lang}/meters`);
      await page.click('tbody tr:has-text("m³") a');
    }
    const [last] = await before(page);
    const much = String(last + 20000 + lang.charCodeAt(0));
    await submit(page, { value_1: much }, send);
    await page.check('#sure');
    await page.click(send);
    await page.check('#sure_again');
    await look(page, 'the second question');
    await page.click(send);
    assert.match(page.url(), /\/meters\/sent\//);
    assert.match(await page.textContent('main'), word);
    assert.equal(await page.getAttribute('html', 'lang'), lang);
  });
}
