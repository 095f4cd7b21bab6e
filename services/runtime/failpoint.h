/* failpoint.h - named places where a test may kill, stop or delay the process; nothing in release builds.
 *
 * RENKEI_FAILPOINTS="after_store:1:kill,before_commit:2:sleep200" — at the nth passage: kill (SIGKILL), stop (SIGSTOP), exit, sleepN (ms).
 * "after_commit@place_set:1:kill" counts the passages with that message only.
 * RENKEI_FAILPOINT_LOG=path appends "name\n" at each passage, so that a test can list them; behind the name stand the messages the thread is at
 * work on just then ("after_commit place_set sheet"), so that a test can tell which of them passed which point.
 * RENKEI_FAILPOINT_DIR=dir, for programs that run already: dir/PROGRAM.arm with such a list arms that program at its next passage (the file is
 * then removed, older points are forgotten); dir/PROGRAM.passed takes the lines of the log, if it is there when the program starts.
 */
#ifndef RUNTIME_FAILPOINT_H
#define RUNTIME_FAILPOINT_H

#ifdef RENKEI_FAILPOINTS
void failpoint (const char *name);
void failpoint_about (const char *message);     /* one more this thread is at work on: a name out of a declaration or table, kept as it is */
void failpoint_forget (void);                   /* a new transaction or request begins */
#else
static inline void failpoint (const char *name) { (void) name; }
static inline void failpoint_about (const char *message) { (void) message; }
static inline void failpoint_forget (void) { }
#endif

#endif
