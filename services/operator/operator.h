/* operator.h - the `renkei` command: what the person who runs a region types.
 *
 * Commands that concern people and their data (import, user, outbound) log in over HTTP as that person and go through every check of the
 * services; status, events, rebuild and doctor speak on the mesh as principal `operator`; backup and restore speak to PostgreSQL's own
 * tools. Words for the user are Japanese and say what to do.  Exit status: 0 done, 1 refused or not well, 2 not understood.
 */
#ifndef OPERATOR_H
#define OPERATOR_H

#include "arena.h"
#include "error.h"
#include "options.h"

struct operator {
    const struct options *options;
    struct arena arena;
    const char *program;            /* argv[0] */
    char **words;                   /* after the command's name; NULL-terminated */
    int word_count;
};

int command_import (struct operator *self);         /* import FILE [--profile] [--date] [--encoding] [--force] [--run] */
int command_user (struct operator *self);           /* user add LOGIN NAME KANA OFFICE ROLE,ROLE… | user end PERSON OFFICE */
int command_partner (struct operator *self);        /* partner list | cut NAME-OR-ID REASON | admit NAME-OR-ID REASON */
int command_areas (struct operator *self);          /* areas load FILE */
int command_boundaries (struct operator *self);     /* boundaries load FILE --date --credit */
int command_outbound (struct operator *self);       /* outbound release */
int command_keys (struct operator *self);           /* keys init | add … | revoke … | rotate | list */
int command_status (struct operator *self);
int command_events (struct operator *self);         /* events list | retry SERVICE EVENT REASON | skip SERVICE EVENT REASON */
int command_rebuild (struct operator *self);        /* rebuild SERVICE EVENT */
int command_doctor (struct operator *self);
int command_backup (struct operator *self);         /* backup FILE */
int command_restore (struct operator *self);        /* restore FILE */

/* Prints usage of one command on stderr; returns 2. */
int say_usage (const char *usage);
/* Prints what went wrong on stderr, as the user's words and the detail; returns 1. */
int say_error (const struct error *err);

#endif
