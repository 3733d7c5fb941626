import { expect, test } from 'vitest';
import { makeApplication } from '../api/application.tsx';
import type { App, AppReport, Me, QueryReply } from '../api/types.ts';
import { readReport } from './report_data.ts';

const application = makeApplication(
  { objects: [], locale: 'en', time_zone: 'UTC', currency: 'CNY' } as unknown as App, {} as Me);
const report = { name: 'r', label: 'R', object: 'paper', chart: { kind: 'bar', value: 'total' } };
const group = (name: string) => ({ name, label: name, type: 'text', group: true });

test('a row has the amount in its own currency; over all there is none', () => {
  const reply: QueryReply = {
    columns: [group('stage'), group('price.currency'),
      { name: 'count', label: 'Count', type: 'integer', group: false },
      { name: 'total', label: 'Total', type: 'money', group: false, scale: 2,
        currency_group: 'price.currency' },
      { name: 'in_cny', label: 'In CNY', type: 'money', group: false, scale: 2, currency: 'CNY' },
      { name: 'in_usd', label: 'In USD', type: 'money', group: false, scale: 2, currency: 'USD' }],
    rows: [['open', 'CNY', 2, '1200.00', '1200.00', '170.00'],
      ['open', 'JPY', 1, '5000.00', '250.00', '35.00'],
      ['won', null, 1, null, null, null]],
    totals: [null, null, 4, null, '1450.00', '205.00'], drill: ['', '', ''], object: 'paper',
  };
  const data = readReport(application, report as AppReport, reply);
  expect(data.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['2', 'CNY 1,200.00', '¥1,200.00', 'US$170.00'],
    ['1', 'JPY 5,000', '¥250.00', 'US$35.00'], ['1', '—', '—', '—']]);
  expect(data.totals.map(({ text }) => text)).toEqual(['4', '—', '¥1,450.00', 'US$205.00']);
  expect(data.rows.map(({ cells }) => cells[1]?.size)).toEqual([1200, 5000, 0]);
});
