/** How the bytes of a file were read as text. */
export interface Encoding {
  /** A label of the WHATWG encoding standard, as TextDecoder takes it. */
  readonly label: string;
  /** By which sign, for the report. */
  readonly by: 'mark' | 'pattern' | 'valid' | 'fallback' | 'said' | 'pasted';
}

/** Finds out the encoding of bytes that come in pieces. */
export interface Probe {
  feed(bytes: Uint8Array): void;
  decide(): Encoding;
}

const MARKS: readonly { readonly bytes: readonly number[]; readonly label: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], label: 'utf-8' },
  { bytes: [0xff, 0xfe], label: 'utf-16le' },
  { bytes: [0xfe, 0xff], label: 'utf-16be' },
];

/**
 * By the byte order mark; else UTF-16 where every other byte is zero, as in any text that is mostly Latin letters; else
 * UTF-8 where it is valid; else Windows-1252, which spreadsheets of Western Europe and North America still write.
 */
export function encodingProbe(): Probe {
  const head: number[] = [];
  // How many bytes, and how many of them zero, stand at even and at odd places.
  const zeros = [0, 0] as [number, number];
  let length = 0;
  let valid = true;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const check = (bytes?: Uint8Array) => {
    if (!valid) return;
    try {
      if (bytes === undefined) utf8.decode();
      else utf8.decode(bytes, { stream: true });
    } catch {
      valid = false;
    }
  };
  return {
    feed(bytes) {
      for (let i = 0; head.length < 3 && i < bytes.length; i += 1) head.push(bytes[i]!);
      for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1))
        zeros[((length + at) % 2) as 0 | 1] += 1;
      length += bytes.length;
      check(bytes);
    },
    decide() {
      const marked = MARKS.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
      if (marked !== undefined) return { label: marked.label, by: 'mark' };
      const wide = wideness(zeros, length);
      if (wide !== undefined) return { label: wide, by: 'pattern' };
      check();
      return valid ? { label: 'utf-8', by: 'valid' } : { label: 'windows-1252', by: 'fallback' };
    },
  };
}

/** Of Latin text nearly half of all bytes are zero, all on one side; a NUL that strayed into a file is no pattern. */
function wideness([even, odd]: readonly [number, number], length: number): string | undefined {
  const pairs = length / 2;
  if (length < 2 || length % 2 === 1) return undefined;
  if (odd > pairs / 4 && even < odd / 20) return 'utf-16le';
  if (even > pairs / 4 && odd < even / 20) return 'utf-16be';
  return undefined;
}

/** The encoding of bytes that are all there. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const probe = encodingProbe();
  probe.feed(bytes);
  return probe.decide();
}

/** Whether TextDecoder knows an encoding of this name. */
export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little endian',
  'utf-16be': 'UTF-16, big endian',
  'windows-1252': 'Windows-1252',
};

/** `Windows-1252, since it is not valid UTF-8` */
export function encodingSaid({ label, by }: Encoding): string {
  const name = NAMES[label] ?? label;
  switch (by) {
    case 'mark':
      return `${name}, as its byte order mark says`;
    case 'pattern':
      return `${name}, by its zero bytes`;
    case 'valid':
      return name;
    case 'fallback':
      return `${name}, since it is not valid UTF-8`;
    case 'said':
      return `${name}, as the mapping says`;
    case 'pasted':
      return 'it was pasted';
    default:
      return by satisfies never;
  }
}
