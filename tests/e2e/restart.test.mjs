// Rolling restarts under load lose no request: GETs of a bill page and POSTs
// of the pay form, over four times as many connections as a worker has
// threads.  SMETKA_RESTARTS says how many (4 unless told).
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import https from 'node:https';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { site, env, dir, open, lookUp, takeCode } from './stack.mjs';

const restarts = Number(process.env.SMETKA_RESTARTS ?? 4);
const connections = 32; // worker.threads is 8
const agent = new https.Agent({ keepAlive: true, maxSockets: connections,
  ca: readFileSync(env.CA) });
after(() => agent.destroy());

function request(url, options = {}) {
  return new Promise((done) => {
    const req = https.request(url, { agent, timeout: 8000, ...options }, (res) => {
      res.on('data', () => {});
      res.on('end', () => done({ status: res.statusCode }));
      res.on('error', (e) => done({ error: e.message }));
    });
    req.on('timeout', () => req.destroy(new Error('no answer in 8 s')));
    req.on('error', (e) => done({ error: e.message }));
    req.end(options.body);
  });
}

function workers() {
  const master = readFileSync(path.join(dir, 'run', 'master.pid'), 'utf8').trim();
  return readdirSync('/proc').filter((d) => /^\d+$/.test(d)).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === master;
    } catch { return false; }
  });
}

test(`${restarts} rolling restarts under load lose nothing`,
  { timeout: 600000 }, async () => {
    const guest = await open();
    await lookUp(guest.page, takeCode(), 'load@example.org');
    const bill = guest.page.url();
    const cookie = (await guest.context.cookies())
      .map((c) => `${c.name}=${c.value}`).join('; ');
    await guest.page.goto(`${site}/en/pay`);
    const csrf = await guest.page.inputValue('[name=csrf]');
    await guest.browser.close();
    const form = new URLSearchParams({ csrf, payment_code: '12', // no look-up, which has a budget
      email: 'load@example.org', website: '' }).toString();

    let stop = false, sent = 0;
    const wrong = [];
    const client = async (number) => {
      while (!stop) {
        const post = number % 4 === 0;
        const answer = post
          ? await request(`${site}/en/pay`, { method: 'POST', body: form, headers: {
            cookie, origin: site, 'content-length': Buffer.byteLength(form),
            'content-type': 'application/x-www-form-urlencoded' } })
          : await request(bill, { headers: { cookie } });
        sent++;
        if (answer.status !== (post ? 422 : 200)) wrong.push(answer);
        await new Promise((next) => setTimeout(next, 20));
      }
    };
    const clients = Array.from({ length: connections }, (_, i) => client(i));
    for (let i = 0; i < restarts; i++) {
      const before = workers();
      const master = Number(readFileSync(path.join(dir, 'run', 'master.pid')));
      process.kill(master, 'SIGHUP');
      for (let t = 0; ; t++) {
        await new Promise((next) => setTimeout(next, 250));
        const now = workers();
        if (now.length >= before.length && now.every((p) => !before.includes(p))) break;
        assert.ok(t < 240, 'a roll takes less than a minute');
      }
    }
    stop = true;
    await Promise.all(clients);
    assert.ok(sent > restarts * 100, `only ${sent} requests were sent`);
    assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} of ${sent} were lost`);
  });
