// Passkeys: what the browser needs and what it gives back, in the words of the protocol.
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import type { LoginStartAnswer, PasskeyAssertion, PasskeyRegisterStartAnswer } from '../model.ts';

// Browsers give no passkey to a page that is addressed by number.
export const passkeysWork = (): boolean => 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);

export async function askPasskey(start: Pick<LoginStartAnswer, 'challenge' | 'credentials'>): Promise<PasskeyAssertion> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64url(start.challenge),
      rpId: location.hostname,
      userVerification: 'required',
      timeout: 60_000,
      allowCredentials: start.credentials.map((id) => ({ type: 'public-key' as const, id: fromBase64url(id) })),
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  return {
    credential_id: toBase64url(credential.rawId),
    client_data: toBase64url(answer.clientDataJSON),
    authenticator_data: toBase64url(answer.authenticatorData),
    signature: toBase64url(answer.signature),
    ...(answer.userHandle ? { user_handle: toBase64url(answer.userHandle) } : {}),
  };
}

export async function makePasskey(start: PasskeyRegisterStartAnswer, label: string) {
  const credential = (await navigator.credentials.create({
    publicKey: {
      challenge: fromBase64url(start.challenge),
      rp: { id: start.relying_party, name: 'Renkei' },
      user: { id: fromBase64url(start.user_id), name: start.login, displayName: start.name },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
      attestation: 'none',
      timeout: 60_000,
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAttestationResponse;
  return { ticket: start.ticket, client_data: toBase64url(answer.clientDataJSON), attestation: toBase64url(answer.attestationObject), label };
}
