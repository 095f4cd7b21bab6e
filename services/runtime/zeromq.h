/* zeromq.h - the one way to include czmq: one context per process, so a socket outside it, which no ZAP handler guards, does not
 * compile. */
#ifndef RUNTIME_ZEROMQ_H
#define RUNTIME_ZEROMQ_H

#include <czmq.h>

#pragma GCC poison zmq_ctx_new zmq_init

#endif
