// What holds on every page: no axe finding in any language, light and dark;
// nothing wider than a small phone; the headers on every answer; the weight.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { site, env, open, go, lookUp, startPaying, payAtProcessor, waitState,
  takeCode, axeFindings } from './stack.mjs';

const languages = ['ro', 'bg', 'en'];
const texts = ['', 'services', 'pay', 'contact', 'terms', 'privacy',
  'accessibility', 'cookies'];

// The bill, status and receipt pages as one guest meets them, per language.
async function guestPages(lang) {
  const guest = await open();
  const code = takeCode();
  await lookUp(guest.page, code, `axe-${lang}@example.org`, lang);
  const bill = guest.page.url();
  await startPaying(guest.page);
  await guest.page.click('button[value=cancel]');
  await guest.page.waitForURL(`${site}/${lang}/pay/status/**`);
  const started = `${guest.page.url().split('?')[0]}?n=0`; // does not refresh
  const cookies = await guest.context.cookies();
  // another tab: the status page looks for news every few seconds
  await guest.page.close();
  const page = await guest.context.newPage();
  await lookUp(page, takeCode(), `axe-${lang}@example.org`, lang);
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/${lang}/pay/status/**`);
  await waitState(page, ['settled']);
  const settled = page.url();
  const receipt = await page.getAttribute('a[href*="/receipt/"]', 'href');
  await guest.browser.close();
  return { cookies, urls: [bill, started, settled, new URL(receipt, site).href] };
}

const guests = Object.fromEntries(await Promise.all(
  languages.map(async (lang) => [lang, await guestPages(lang)])));
const looking = await open({ javaScriptEnabled: true });
after(() => looking.browser.close());

for (const lang of languages) {
  for (const scheme of ['light', 'dark']) {
    test(`axe finds nothing: ${lang}, ${scheme}`, async () => {
      const context = await looking.browser.newContext({
        ignoreHTTPSErrors: true, colorScheme: scheme,
        viewport: { width: 390, height: 844 } });
      await context.addCookies(guests[lang].cookies);
      const page = await context.newPage();
      const pages = [...texts.map((t) => `${site}/${lang}/${t}`),
        ...guests[lang].urls];
      for (const url of pages) {
        await go(page, url);
        assert.deepEqual(await axeFindings(page), [], url);
        assert.equal(await page.getAttribute('html', 'lang'), lang, url);
        assert.equal(await page.locator('h1').count(), 1, url);
      }
      // a form with errors, and the page of an address that does not exist
      await page.goto(`${site}/${lang}/pay`);
      await page.fill('[name=payment_code]', '1');
      await page.evaluate(() => document.querySelector('main form')
        .setAttribute('novalidate', ''));
      await page.click('main form button[type=submit]');
      assert.deepEqual(await axeFindings(page), [], 'form with errors');
      await page.goto(`${site}/${lang}/nothing-here`);
      assert.deepEqual(await axeFindings(page), [], 'not found');
      await context.close();
    });
  }

  test(`nothing is wider than 320 px: ${lang}`, async () => {
    const context = await looking.browser.newContext({
      ignoreHTTPSErrors: true, viewport: { width: 320, height: 640 } });
    await context.addCookies(guests[lang].cookies);
    const page = await context.newPage();
    for (const url of [...texts.map((t) => `${site}/${lang}/${t}`),
      ...guests[lang].urls]) {
      await go(page, url);
      const width = await page.evaluate(() =>
        document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${url} is ${width} px wide`);
    }
    await context.close();
  });

  test(`no text of another language is left: ${lang}`, async () => {
    const context = await looking.browser.newContext({ ignoreHTTPSErrors: true });
    await context.addCookies(guests[lang].cookies);
    const page = await context.newPage();
    for (const url of [...texts.map((t) => `${site}/${lang}/${t}`),
      ...guests[lang].urls]) {
      await go(page, url);
      const text = await page.textContent('main');
      assert.doesNotMatch(text, /\[\[|\]\]|\{\{|\}\}/, `${url}: a mark is left`);
      if (lang === 'ro') assert.doesNotMatch(text, /[şţŞŢ]/, `${url}: cedilla`);
      if (lang === 'bg') assert.match(text, /[а-я]{4}/, `${url}: no Cyrillic`);
    }
    await context.close();
  });
}

test('the keyboard reaches the form in reading order, and focus shows', async () => {
  const page = await looking.context.newPage();
  await page.goto(`${site}/en/pay`);
  const seen = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      const s = getComputedStyle(e);
      return { name: e.name || e.getAttribute('href') || e.type,
        ring: s.outlineStyle !== 'none' || s.boxShadow !== 'none' };
    });
    seen.push(at.name);
    assert.ok(at.ring, `no focus ring on ${at.name}`);
    if (at.name === 'submit') break;
  }
  assert.match(seen[0], /#main/, 'the skip link comes first');
  assert.ok(seen.indexOf('payment_code') < seen.indexOf('email'));
  assert.ok(seen.indexOf('email') < seen.indexOf('submit'));
  await page.close();
});

function headers(url, ...options) {
  const out = execFileSync('curl', ['-sS', '--cacert', env.CA, '-D', '-', '-o',
    '/dev/null', ...options, url], { encoding: 'utf8' });
  const lines = out.trim().split(/\r?\n/);
  const map = {};
  for (const line of lines.slice(1)) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    (map[name] ??= []).push(line.slice(at + 1).trim());
  }
  return { status: Number(lines[0].split(' ')[1]), map };
}

test('security headers stand on every answer, nginx\'s own too', () => {
  const cases = [[`${site}/`, 302], [`${site}/en/`, 200], [`${site}/en/pay`, 200],
    [`${site}/en/nothing-here`, 404], [`${site}/static/nothing.css`, 404],
    [`${site}/gw/notify/stripe`, 405],
    [`${site}/gw/notify/stripe`, 400, '-d', '{}', '-H', 'Stripe-Signature: t=1,v1=00'],
    [`${site}/en/pay`, 413, '-H', 'Expect:', '-d', `x=${'y'.repeat(70000)}`],
    [`${site}/en/pay`, 403, '-d', 'payment_code=12345678']];
  for (const [url, status, ...options] of cases) {
    const answer = headers(url, ...options);
    assert.equal(answer.status, status, `${url} ${options}`.slice(0, 100));
    for (const [name, pattern] of Object.entries({
      'strict-transport-security': /max-age=63072000; includeSubDomains/,
      'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
      'x-content-type-options': /^nosniff$/,
      'referrer-policy': /^same-origin$/,
      'cross-origin-opener-policy': /^same-origin$/,
      'cross-origin-resource-policy': /^same-origin$/,
      'permissions-policy': /camera=\(\)/,
    })) {
      assert.equal(answer.map[name]?.length, 1, `${url}: one ${name}`);
      assert.match(answer.map[name][0], pattern, url);
    }
    assert.doesNotMatch(answer.map['content-security-policy'][0], /unsafe-/);
    assert.doesNotMatch((answer.map.server ?? [''])[0], /[0-9]/, 'no version');
  }
});

test('another host name gets nothing of ours', () => {
  assert.throws(() => headers(site, '-H', 'Host: evil.example'));
});

test('the first load of the pay page is at most 20 kB compressed', async () => {
  const context = await looking.browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  client.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
  await page.goto(`${site}/ro/pay`, { waitUntil: 'networkidle' });
  assert.ok(bytes > 2000 && bytes <= 20480, `${bytes} bytes`);
  await context.close();
});
