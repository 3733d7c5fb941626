import { expect, test } from 'vitest';
import { structures } from '../../formula/structures.ts';
import { addressText } from '../address.ts';
import { levelsOf, loadRegions } from './regions.ts';

test('every region has the code of what holds it', async () => {
  const regions = await loadRegions();
  expect(regions).toHaveLength(34);
  for (const province of regions) {
    for (const city of province.parts) {
      expect(city.code.slice(0, 2)).toBe(province.code.slice(0, 2));
      for (const { code, name } of city.parts) {
        expect(code).toMatch(/^\d{6}$/);
        expect(code.slice(0, 4)).toBe(city.code.slice(0, 4));
        expect(name).not.toBe('');
      }
    }
  }
});

test('each step offers the parts of what was chosen before', async () => {
  const regions = await loadRegions();
  const [, cities, districts] = levelsOf(regions, ['浙江省', '杭州市', undefined]);
  expect(cities?.map(({ name }) => name)).toContain('宁波市');
  expect(districts?.find(({ name }) => name === '西湖区')?.code).toBe('330106');
});

test('an address is written as its country does', () => {
  const china = { country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区',
    street: '文一路 1 号' };
  expect(addressText(china, () => 'China')).toBe('浙江省杭州市西湖区文一路 1 号');
  expect(addressText({ country: 'CN', province: '上海市', city: '上海市', district: '徐汇区' },
    () => '')).toBe('上海市徐汇区');
  expect(addressText({ country: 'GB', street: '1 High St', city: 'Leeds', postcode: 'LS1' },
    () => 'United Kingdom')).toBe('1 High St, LS1 Leeds, United Kingdom');
});

test('an address of the form is one that the server takes', () => {
  const china = { country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区',
    region: '330106', street: '文一路 1 号', postcode: '310012' };
  expect(structures.address?.(china)).toEqual(china);
});
