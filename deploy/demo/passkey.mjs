// passkey.mjs - a passkey authenticator in software: what a browser returns for navigator.credentials.create and .get (ES256, attestation "none").
import crypto from 'node:crypto';

const text = (bytes) => Buffer.from(bytes).toString('base64url'), hash = (bytes) => crypto.createHash('sha256').update(bytes).digest();
const hex = (digits) => Buffer.from(digits, 'hex');

export class Passkey {
  constructor(origin, relyingParty = 'localhost') {
    Object.assign(this, { origin, relyingParty, id: crypto.randomBytes(16), count: 0 }, crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  }

  clientData(type, challenge) { return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false })); }

  // Flags: 1 present, 4 verified, 64 a credential follows.
  head(flags) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.count);
    return Buffer.concat([hash(this.relyingParty), Buffer.from([flags]), count]);
  }

  create(challenge) {
    const { x, y } = this.publicKey.export({ format: 'jwk' });
    const key = Buffer.concat([hex('a5010203262001215820'), Buffer.from(x, 'base64url'), hex('225820'), Buffer.from(y, 'base64url')]);
    const data = Buffer.concat([this.head(1 | 4 | 64), Buffer.alloc(16), hex('0010'), this.id, key]), size = Buffer.alloc(2);
    size.writeUInt16BE(data.length);
    const object = Buffer.concat([hex('a363666d74646e6f6e656761747453746d74a068617574684461746159'), size, data]);
    return { client_data: text(this.clientData('webauthn.create', challenge)), attestation: text(object) };
  }

  assert(challenge) {
    this.count++;
    const client = this.clientData('webauthn.get', challenge), data = this.head(1 | 4);
    const signature = crypto.sign('sha256', Buffer.concat([data, hash(client)]), this.privateKey);
    return { credential_id: text(this.id), client_data: text(client), authenticator_data: text(data), signature: text(signature) };
  }
}
