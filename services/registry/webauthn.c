/* webauthn.c - see webauthn.h. */
#include "webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>
#include "cbor_walk.h"
#include "text_codes.h"

enum { RELYING_PARTY_HASH = 32, FLAGS_AT = 32, COUNT_AT = 33, AUTHENTICATOR_DATA_LEAST = 37, AAGUID_SIZE = 16 };
enum { CBOR_BYTES = 2, CBOR_TEXT = 3, CBOR_MAP = 5 };
enum { FLAG_PRESENT = 1, FLAG_VERIFIED = 4, FLAG_CREDENTIAL = 64, FLAG_EXTENSIONS = 128 };

static int refuse (struct error *err, const char *why)
{
    return fail (err, ERROR_LOGIN_WRONG, NULL, "passkey: %s", why);
}

static bool read_base64url (struct arena *arena, const char *text, struct bytes *ret)
{
    size_t most = strlen (text);
    unsigned char *to = arena_alloc (arena, most + 1);

    ret->data = to;
    return base64url_read (text, to, most, &ret->size) && ret->size > 0;
}

bool sign_count_is_good (int64_t kept, int64_t received)
{
    return received > kept || (received == 0 && kept == 0);
}

static int64_t count_of (struct bytes data)
{
    int64_t count = 0;

    for (int i = 0; i < 4; i++)
        count = count << 8 | data.data[COUNT_AT + i];
    return count;
}

static bool is_for (const struct relying_party *party, struct bytes data)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256 (hash, (const unsigned char *) party->id, strlen (party->id));
    return sodium_memcmp (hash, data.data, RELYING_PARTY_HASH) == 0;
}

/* A CBOR head (RFC 8949 §3) of the wanted kind with a length of at most two bytes; moves *at behind it. */
static bool read_head (struct bytes *at, unsigned kind, size_t *ret_length)
{
    unsigned first, extra;

    if (at->size < 1)
        return false;
    first = at->data[0];
    extra = first & 31;
    if (first >> 5 != kind || extra > 25 || at->size < (extra < 24 ? 1 : extra - 22))
        return false;
    *ret_length = extra < 24 ? extra : extra == 24 ? at->data[1] : (size_t) at->data[1] << 8 | at->data[2];
    extra = extra < 24 ? 1 : extra - 22;
    *at = (struct bytes) { at->data + extra, at->size - extra };
    return true;
}

static bool read_string (struct bytes *at, unsigned kind, struct bytes *ret)
{
    size_t length;

    if (!read_head (at, kind, &length) || length > at->size)
        return false;
    *ret = (struct bytes) { at->data, length };
    *at = (struct bytes) { at->data + length, at->size - length };
    return true;
}

static bool is_text (struct bytes text, const char *wanted)
{
    return text.size == strlen (wanted) && memcmp (text.data, wanted, text.size) == 0;
}

/* attestationObject → authenticator data.  Only {"fmt": "none", "attStmt": {}, "authData": bytes}, in any order. */
static bool open_attestation (struct bytes object, struct bytes *ret)
{
    bool format = false, statement = false;
    struct bytes name, value;
    size_t count;

    *ret = (struct bytes) { 0 };
    if (!read_head (&object, CBOR_MAP, &count) || count != 3)
        return false;
    while (count-- > 0) {
        if (!read_string (&object, CBOR_TEXT, &name))
            return false;
        if (is_text (name, "fmt") && read_string (&object, CBOR_TEXT, &value))
            format = is_text (value, "none");
        else if (is_text (name, "attStmt") && object.size > 0 && object.data[0] == CBOR_MAP << 5) {
            statement = true;
            object = (struct bytes) { object.data + 1, object.size - 1 };
        }
        else if (!is_text (name, "authData") || !read_string (&object, CBOR_BYTES, ret))
            return false;
    }
    return format && statement && ret->data && object.size == 0;
}

/* One algorithm after the other: libfido2 refuses authenticator data whose key is of another one. */
static fido_cred_t *read_credential (struct bytes data, int *ret_algorithm)
{
    static const int algorithms[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };

    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        fido_cred_t *credential = fido_cred_new ();

        if (!credential)
            abort ();
        *ret_algorithm = algorithms[i];
        if (fido_cred_set_type (credential, algorithms[i]) == FIDO_OK
            && fido_cred_set_authdata_raw (credential, data.data, data.size) == FIDO_OK)
            return credential;
        fido_cred_free (&credential);
    }
    return NULL;
}

static struct bytes copy (struct arena *arena, const unsigned char *data, size_t size)
{
    return (struct bytes) { (unsigned char *) arena_copy (arena, (const char *) data, size), size };
}

/* What CBOR stands in authenticator data, a new credential's key and extensions, is bounded and ends it. */
static bool cbor_is_bounded (struct bytes data)
{
    int values = (data.data[FLAGS_AT] & FLAG_EXTENSIONS) != 0;
    size_t at = AUTHENTICATOR_DATA_LEAST;

    if (data.data[FLAGS_AT] & FLAG_CREDENTIAL) {
        at += AAGUID_SIZE + 2;
        if (data.size < at)
            return false;
        at += (size_t) data.data[at - 2] << 8 | data.data[at - 1];
        values++;
    }
    return at <= data.size && cbor_are_values ((struct bytes) { data.data + at, data.size - at }, values);
}

static int take_credential (struct bytes data, struct arena *arena, struct passkey *ret, struct error *err)
{
    fido_cred_t *credential = cbor_is_bounded (data) ? read_credential (data, &ret->algorithm) : NULL;
    bool read = credential && fido_cred_id_len (credential) > 0 && fido_cred_id_len (credential) <= CREDENTIAL_ID_MOST
                && fido_cred_pubkey_len (credential) > 0 && fido_cred_pubkey_len (credential) <= PUBLIC_KEY_MOST;

    if (read) {
        ret->credential_id = copy (arena, fido_cred_id_ptr (credential), fido_cred_id_len (credential));
        ret->public_key = copy (arena, fido_cred_pubkey_ptr (credential), fido_cred_pubkey_len (credential));
        ret->sign_count = count_of (data);
    }
    fido_cred_free (&credential);
    return read ? 0 : refuse (err, "credential data cannot be read or uses another algorithm");
}

int webauthn_register (const struct relying_party *party, const char *challenge, const char *client_data, const char *attestation,
                       struct arena *arena, struct passkey *ret, struct error *err)
{
    const unsigned wanted = FLAG_PRESENT | FLAG_VERIFIED | FLAG_CREDENTIAL;
    struct bytes json, object, data;
    const char *why;

    if (!read_base64url (arena, client_data, &json) || !read_base64url (arena, attestation, &object))
        return refuse (err, "not base64url");
    if (!client_data_is_good (json, "webauthn.create", challenge, party, &why))
        return refuse (err, why);
    if (!open_attestation (object, &data) || data.size < AUTHENTICATOR_DATA_LEAST)
        return refuse (err, "attestation object cannot be read");
    if (!is_for (party, data))
        return refuse (err, "made for another relying party");
    if ((data.data[FLAGS_AT] & wanted) != wanted)
        return refuse (err, "the user was not verified");
    return take_credential (data, arena, ret, err);
}

/* Calls fido_assert_verify with the key in libfido2's form for its algorithm. */
static bool verify_with (const fido_assert_t *assert, const struct passkey *passkey)
{
    es256_pk_t *es256 = es256_pk_new ();
    eddsa_pk_t *eddsa = eddsa_pk_new ();
    rs256_pk_t *rs256 = rs256_pk_new ();
    const unsigned char *key = passkey->public_key.data;
    size_t size = passkey->public_key.size;
    const void *with = NULL;

    if (passkey->algorithm == COSE_ES256 && es256 && es256_pk_from_ptr (es256, key, size) == FIDO_OK)
        with = es256;
    else if (passkey->algorithm == COSE_EDDSA && eddsa && eddsa_pk_from_ptr (eddsa, key, size) == FIDO_OK)
        with = eddsa;
    else if (passkey->algorithm == COSE_RS256 && rs256 && rs256_pk_from_ptr (rs256, key, size) == FIDO_OK)
        with = rs256;
    bool good = with && fido_assert_verify (assert, 0, passkey->algorithm, with) == FIDO_OK;
    es256_pk_free (&es256);
    eddsa_pk_free (&eddsa);
    rs256_pk_free (&rs256);
    return good;
}

static bool signature_is_good (const struct relying_party *party, const struct passkey *passkey, struct bytes json, struct bytes data,
                               struct bytes signature)
{
    fido_assert_t *assert = fido_assert_new ();
    bool good;

    if (!assert)
        abort ();
    good = fido_assert_set_count (assert, 1) == FIDO_OK
           && fido_assert_set_clientdata (assert, json.data, json.size) == FIDO_OK
           && fido_assert_set_rp (assert, party->id) == FIDO_OK
           && fido_assert_set_authdata_raw (assert, 0, data.data, data.size) == FIDO_OK
           && fido_assert_set_sig (assert, 0, signature.data, signature.size) == FIDO_OK
           && fido_assert_set_up (assert, FIDO_OPT_TRUE) == FIDO_OK
           && fido_assert_set_uv (assert, FIDO_OPT_TRUE) == FIDO_OK
           && verify_with (assert, passkey);
    fido_assert_free (&assert);
    return good;
}

/* The handle is the person's id as given at registration; absent when the browser had the credential id from us. */
static bool handle_is_of (const char *owner, const char *user_handle, struct arena *arena)
{
    struct bytes handle;

    return !user_handle || !*user_handle
           || (read_base64url (arena, user_handle, &handle) && handle.size == strlen (owner)
               && memcmp (handle.data, owner, handle.size) == 0);
}

int webauthn_verify (const struct relying_party *party, const char *challenge, const struct passkey *passkey, const char *owner,
                     const struct signed_assertion *assertion, struct arena *arena, int64_t *ret_count, struct error *err)
{
    struct bytes id, json, data, signature;
    const char *why;

    if (!read_base64url (arena, assertion->credential_id, &id) || !read_base64url (arena, assertion->client_data, &json)
        || !read_base64url (arena, assertion->authenticator_data, &data) || !read_base64url (arena, assertion->signature, &signature))
        return refuse (err, "not base64url");
    if (id.size != passkey->credential_id.size || memcmp (id.data, passkey->credential_id.data, id.size) != 0)
        return refuse (err, "another credential");
    if (!handle_is_of (owner, assertion->user_handle, arena))
        return refuse (err, "the credential belongs to somebody else");
    if (!client_data_is_good (json, "webauthn.get", challenge, party, &why))
        return refuse (err, why);
    if (data.size < AUTHENTICATOR_DATA_LEAST || !cbor_is_bounded (data) || !signature_is_good (party, passkey, json, data, signature))
        return refuse (err, "signature, flags or relying party are wrong");
    *ret_count = count_of (data);
    if (!sign_count_is_good (passkey->sign_count, *ret_count))
        return refuse (err, "the signature counter went back: a copy of the passkey may exist");
    return 0;
}
