import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The mock's rows and its view of the application per locale. Everything is made from one seed.

export type Row = Record<string, unknown> & { id: string; version: number };
type Json = { [name: string]: Json } & Json[] & string;

const definition = JSON.parse(readFileSync(
  fileURLToPath(new URL('./fixtures/application.json', import.meta.url)), 'utf8')) as Json;

export const today = '2026-11-24';
export const me = {
  id: 'U01', login: 'zhao', name: '赵启航', email: 'zhao@northfield.example', locale: 'en',
  time_zone: 'Asia/Shanghai', theme: 'system', roles: ['manager'], department: null, admin: true,
};

const system = [
  ['id', 'text', 'Id', '标识'], ['version', 'integer', 'Version', '版本'],
  ['created_at', 'datetime', 'Created', '创建时间'], ['created_by', 'user', 'Created by', '创建人'],
  ['updated_at', 'datetime', 'Changed', '更新时间'], ['updated_by', 'user', 'Changed by', '更新人'],
];

export function applicationIn(locale: string) {
  const speak = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(speak);
    if (!value || typeof value !== 'object') return value;
    if ('en' in value) return (value as Record<string, string>)[locale] ?? value.en;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, speak(inner)]));
  };
  const app = speak(definition) as Record<string, Record<string, unknown>[]>;
  for (const object of app.objects ?? []) {
    const open = !object['readOnly'];
    delete object['readOnly'];
    object['id'] ??= object['name'];
    object['may'] = { create: open, update: open, delete: open };
    const own = (object['fields'] as Record<string, unknown>[]).map((field) => ({
      id: field['name'], help: null, required: false, unique: false, writable: true, system: false,
      sortable: true, filterable: true, ...field,
    }));
    object['fields'] = [...own, ...system.map(([name, type, en, zh]) => ({
      name, id: name, type, label: locale === 'zh-CN' ? zh : en, help: null, required: false,
      unique: false, writable: false, system: true, sortable: true, filterable: true,
      ...(type === 'user' ? { to: 'user' } : {}),
    }))];
  }
  const named = (kind: string, extra: object) => (app[kind] ?? []).map((one) => ({
    id: one['name'], generated: false, group: null, sum: null, card: [], ...extra, ...one }));
  const fieldOf = (object: unknown, name: unknown) => {
    const found = (app.objects ?? []).find((one) => one['name'] === object);
    const fields = (found?.['fields'] ?? []) as Record<string, unknown>[];
    return fields.find((field) => field['name'] === name);
  };
  const reports = (app.reports ?? []).map((report) => ({
    ...report,
    group: (report['group'] as Record<string, unknown>[]).map((group) => {
      const field = fieldOf(report['object'], group['name']);
      return { label: field?.['label'], options: field?.['options'], ...group };
    }),
  }));
  return {
    ...app, locale, zone_today: today, views: named('views', {}), pages: named('pages', {}),
    forms: named('forms', {}), reports,
  };
}

let seed = 7;
const random = () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const people = ['赵启航', '李雯', 'Emma Lindqvist', '陈嘉树', '王一诺', 'James Okafor', '周予安'];
const firms = ['启明精密', 'Bergmann Antriebe', '临港冷链', 'Halden Marine AS', '跃迁新能源',
  'Aurelia Pharma', '田中精機', 'Kestrel Aerospace', '明序医疗', '蜀锦供应链', 'Orchard Foods Ltd',
  '海曜电子', '苏州瑞和机械制造有限公司'];
const things = ['Line 2 vision check', '冷库托盘码垛', 'Fillet line grading', '电池托盘搬运，6 工位',
  'Blister pack retrofit', '主轴上下料，12 台', 'Bin-picking pilot', '二期产线视觉检测',
  'Sorting line, Chengdu hub', '装箱线升级', 'Weld seam inspection', '三年服务合同',
  'Torque test bench', '三防漆涂覆检测', 'Tray loading, second shift', 'Pilot cell, Aarhus'];
const stages = ['intake', 'intake', 'intake', 'survey', 'survey', 'offer', 'offer', 'build', 'done',
  'dropped'];
const chance: Record<string, string> = {
  intake: '0.1', survey: '0.25', offer: '0.5', build: '0.75', done: '1', dropped: '0' };

const stamp = (days: number) =>
  new Date(Date.parse(`${today}T03:00:00Z`) - days * 864e5 - random() * 3e7).toISOString();
const base = (id: string, index: number) => ({
  id, version: 1, created_at: stamp(60 - (index % 50)), created_by: 'U01',
  updated_at: stamp(index % 30), updated_by: 'U02' });

export const tables: Record<string, Map<string, Row>> = {
  user: new Map(), client: new Map(), job: new Map(), visit: new Map(), tool: new Map() };
const put = (object: string, row: Row) => tables[object]?.set(row.id, row);

people.forEach((name, index) => put('user', { ...base(`U0${index + 1}`, index), name }));
firms.forEach((name, index) => put('client', {
  ...base(`C${100 + index}`, index), name, city: pick(['苏州', 'Hamburg', '上海', 'Bergen', '成都']),
  grade: pick(['a', 'b', 'c']), owner: `U0${1 + (index % 7)}`,
  email: `office${index}@firm.example`, website: 'https://firm.example' }));
const jobCount = Number(process.env['TENON_MOCK_ROWS'] ?? 420);
for (let index = 0; index < jobCount; index += 1) {
  const stage = pick(stages);
  put('job', {
    ...base(`J${1000 + index}`, index), title: `${pick(things)}${index > 15 ? ` ${index}` : ''}`,
    number: `W-2026-${String(index + 1).padStart(4, '0')}`, client: `C${100 + (index % 13)}`, stage,
    amount: random() < 0.06 ? null : (Math.floor(random() * 52000) * 100 + 4600).toFixed(2),
    chance: chance[stage], due_on: new Date(Date.parse(today) + (random() * 240 - 60) * 864e5)
      .toISOString().slice(0, 10), owner: `U0${1 + Math.floor(random() * 7)}`,
    kinds: random() < 0.4 ? [pick(['weld', 'paint']), pick(['electric', 'mount'])].slice(
      0, random() < 0.5 ? 1 : 2) : [],
    urgent: random() < 0.15, priority: random() < 0.5 ? 1 + Math.floor(random() * 5) : null,
    reason: stage === 'dropped' ? '预算取消' : null,
    notes: random() < 0.3 ? '客户希望质保延长到两年；节拍 8 秒以内。' : null,
    site_phone: random() < 0.3 ? '+8651288880000' : null, weighted: null });
}
for (let index = 0; index < 60; index += 1) {
  put('visit', {
    ...base(`V${100 + index}`, index), subject: pick(['Site survey', '现场勘查', 'Demo', '验收']),
    job: `J${1000 + (index % 20)}`, at: stamp(index - 5), who: `U0${1 + (index % 7)}`,
    hours: (1 + Math.floor(random() * 12) / 2).toFixed(1) });
}

export const history: Record<string, { seq: number; [name: string]: unknown }[]> = {};
let seq = 0;
export function note(
  object: string, id: string, kind: string, version: number, actor: string,
  changes: { field: string; old: unknown; new: unknown }[], at = new Date().toISOString(),
) {
  seq += 1;
  const name = tables['user']?.get(actor)?.['name'] as string;
  (history[`${object}/${id}`] ??= []).unshift({
    seq, at, kind, version, surface: 'web', actor: { id: actor, name }, changes });
}
for (const [id, row] of tables['job'] ?? []) {
  note('job', id, 'create', 1, 'U02', [], String(row['created_at']));
  note('job', id, 'update', 2, 'U03', [
    { field: 'amount', old: '1352000.00', new: row['amount'] },
    { field: 'stage', old: 'intake', new: row['stage'] }], stamp(2));
  row.version = 2;
}
