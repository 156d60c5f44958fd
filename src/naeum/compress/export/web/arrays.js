// What arrays does an .npz file of numpy hold? A zip whose files are stored as they are, each an array.

const KINDS = {
  "<f4": Float32Array, "<f8": Float64Array, "<i4": Int32Array, "<u4": Uint32Array, "<i8": BigInt64Array,
  "<u8": BigUint64Array, "|u1": Uint8Array, "|i1": Int8Array, "|b1": Uint8Array,
};

// Name -> {data, shape}; whole numbers of eight bytes become plain numbers.
export function arrays(buffer) {
  const view = new DataView(buffer), found = {};
  let end = view.byteLength - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1; // where the list of files is told
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const size = view.getUint16(at + 28, true), more = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, size));
    if (view.getUint16(at + 10, true) !== 0) throw new Error(`the arrays of a part must be stored as they are; ${name} is packed`);
    const place = view.getUint32(at + 42, true); // of the file's own head
    const start = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
    found[name.replace(/\.npy$/, "")] = array(buffer, start);
    at += 46 + size + more;
  }
  return found;
}

function array(buffer, start) {
  const view = new DataView(buffer, start), wide = view.getUint8(6) > 1;
  const size = wide ? view.getUint32(8, true) : view.getUint16(8, true), begin = wide ? 12 : 10;
  const head = new TextDecoder("latin1").decode(new Uint8Array(buffer, start + begin, size));
  const kind = KINDS[head.match(/'descr': '([^']+)'/)[1]], fortran = head.includes("'fortran_order': True");
  const shape = (head.match(/'shape': \(([^)]*)\)/)[1].match(/\d+/g) ?? []).map(Number);
  const count = shape.reduce((product, one) => product * one, 1);
  const low = start + begin + size; // copied, as numbers must lie at multiples of their size
  let data = new kind(buffer.slice(low, low + count * kind.BYTES_PER_ELEMENT));
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data = Float64Array.from(data, Number);
  return { data: fortran && shape.length === 2 ? turned(data, shape) : data, shape };
}

// What lies column by column, row by row.
function turned(data, [rows, columns]) {
  const found = data.slice();
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) found[row * columns + column] = data[column * rows + row];
  }
  return found;
}
