/* sender_network.h - one message over the network, by libcurl; see sender.h for limits. */
#ifndef NOTIFY_SENDER_NETWORK_H
#define NOTIFY_SENDER_NETWORK_H

#include "sender.h"

/* error: words for the course of the alert; they never hold an address. */
enum sent network_mail (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error);
enum sent network_webhook (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim,
                           const char **ret_error);
enum sent network_voice (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error);

#endif
