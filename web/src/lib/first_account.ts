// A first password and the secret of one-time codes, made on this device from its random numbers and shown once.

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
// Nothing that is mistaken for something else when it is read out: no l, o, i, 0, 1.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

// 160 bits, as an authenticator wants them.
export function newSecret(random: Uint8Array = crypto.getRandomValues(new Uint8Array(32))): string {
  return Array.from(random.subarray(0, 32), (byte) => BASE32[byte & 31]).join('');
}

// Four groups of five: more than 95 bits, and can be read out on the telephone. Bytes that would prefer some letters are left out.
export function newPassword(next: () => number = () => crypto.getRandomValues(new Uint8Array(1))[0]!): string {
  const most = 256 - (256 % LETTERS.length);
  const letter = (): string => {
    for (;;) {
      const byte = next();
      if (byte < most) return LETTERS[byte % LETTERS.length]!;
    }
  };
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, letter).join('')).join('-');
}

// What an authenticator app reads from a QR code.
export const secretAddress = (login: string, secret: string): string =>
  `otpauth://totp/Renkei:${encodeURIComponent(login)}?secret=${secret}&issuer=Renkei&algorithm=SHA1&digits=6&period=30`;
