-- An account that is replaced loses its passkeys: the device that was lost must not stay a second factor (S-09).
grant delete on passkey to renkei_:service;
