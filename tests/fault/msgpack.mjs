// msgpack.mjs - reads the payload of an event: maps with text keys, text, whole numbers, yes or no, lists.
export function decode(bytes) {
  let at = 0;
  const take = (size) => { at += size; return bytes.subarray(at - size, at); };
  const unsigned = (size) => Number(BigInt('0x' + take(size).toString('hex')));
  const signed = (size) => Number(BigInt.asIntN(size * 8, BigInt('0x' + take(size).toString('hex'))));
  const text = (size) => take(size).toString('utf8');
  const list = (count) => Array.from({ length: count }, value);
  const map = (count) => Object.fromEntries(Array.from({ length: count }, () => [value(), value()]));
  function value() {
    const kind = take(1)[0];
    if (kind < 0x80) return kind;
    if (kind < 0x90) return map(kind & 15);
    if (kind < 0xa0) return list(kind & 15);
    if (kind < 0xc0) return text(kind & 31);
    if (kind >= 0xe0) return kind - 256;
    switch (kind) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: case 0xc5: case 0xc6: return take(unsigned(1 << (kind - 0xc4))).toString('hex');
      case 0xcb: return take(8).readDoubleBE();
      case 0xcc: case 0xcd: case 0xce: case 0xcf: return unsigned(1 << (kind - 0xcc));
      case 0xd0: case 0xd1: case 0xd2: case 0xd3: return signed(1 << (kind - 0xd0));
      case 0xd9: case 0xda: case 0xdb: return text(unsigned(1 << (kind - 0xd9)));
      case 0xdc: return list(unsigned(2));
      case 0xdd: return list(unsigned(4));
      case 0xde: return map(unsigned(2));
      case 0xdf: return map(unsigned(4));
      default: throw new Error(`msgpack ${kind.toString(16)}`);
    }
  }
  return value();
}
