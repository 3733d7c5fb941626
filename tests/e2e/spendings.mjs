import assert from 'node:assert/strict';

// The people and spendings of tests/e2e/approvals, as their tests use them.

export const flow = 'spend';
export const phone = { width: 360, height: 780, touch: true, locale: 'zh-CN' };

/** `tenon` tells the running application: it is started after the tests are read. */
export function spendings(tenon) {
  const who = (login) => tenon().people.find((one) => one.login === login) ?? assert.fail(login);
  const open = (login, options = {}) => tenon().open({ who: who(login), ...options });
  const ask = async ({ api }, path) => {
    const answer = await api.get(`/api/v1${path}`);
    assert.equal(answer.status(), 200, await answer.text());
    return answer.json();
  };
  const send = async ({ api }, path, data, status = 200) => {
    const answer = await api.post(`/api/v1${path}`, { data, headers: { Origin: tenon().base } });
    assert.equal(answer.status(), status, await answer.text());
    return answer.json();
  };
  let made = 0;
  const title = (name) => `${name} ${made += 1}`;
  const draft = (clerk, name, more = {}) => send(clerk, '/records/spending', {
    title: name, amount: '1481280.00', term: 'month', supplier: 'Mill & Sons',
    reason: 'It broke.', reserve: '20.00',
    items: [{ name: 'Press', quantity: 2, price: '740640.00' }], ...more }, 201);
  const start = (clerk, record) => send(clerk, `/flows/${flow}/start`, {
    record: record.id, chosen: {}, variables: {}, comment: '' }, 201);
  return { who, open, ask, send, title, draft, start };
}
