// Provinces, cities and districts of China (GB/T 2260), as steps of a cascade.

export type Region = { code: string; name: string; parts: Region[] };
type Packed = [string, string, [string, string, string[]][]][];

export function unpackedRegions(packed: Packed): Region[] {
  return packed.map(([province, name, cities]) => ({
    code: `${province}0000`, name,
    parts: cities.map(([city, cityName, districts]) => ({
      code: `${province}${city}00`, name: cityName,
      parts: districts.map((district) => ({
        code: province + city + district.slice(0, 2), name: district.slice(2), parts: [] })),
    })),
  }));
}

let loaded: Promise<Region[]> | null = null;

export function loadRegions(): Promise<Region[]> {
  loaded ??= import('../../../../../schemas/regions/cn.json').then((pack) =>
    unpackedRegions(pack.default as unknown as Packed));
  return loaded;
}

/** What may be chosen at each step, after the names chosen above it. */
export function levelsOf(regions: Region[], names: (string | undefined)[]): Region[][] {
  const [name, ...below] = names;
  if (names.length === 0) return [];
  const chosen = regions.find((region) => region.name === name);
  return [regions, ...levelsOf(chosen?.parts ?? [], below)];
}
