const ENGLISH_KINDS: Readonly<Record<string, string>> = {
  Tỉnh: 'province',
  'Thành phố': 'city',
  'Thị xã': 'town',
  Huyện: 'district',
  Xã: 'commune',
  Phường: 'ward',
  'Thị trấn': 'township',
}

/** "Huyện Mường Ảng" → "Mường Ảng district"; a name that does not begin with its kind stays as it is. */
export function englishName(kind: string, name: string): string {
  const english = ENGLISH_KINDS[kind]
  return english && name.startsWith(`${kind} `) ? `${name.slice(kind.length).trim()} ${english}` : name
}
