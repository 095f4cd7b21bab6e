/* failpoint.h - named places where a test may kill, stop or delay the process; nothing in release builds.
 *
 * RENKEI_FAILPOINTS="after_store:1:kill,before_commit:2:sleep200" — at the nth passage: kill (SIGKILL), stop (SIGSTOP), exit, sleepN (ms).
 * RENKEI_FAILPOINT_LOG=path appends "name\n" at each passage, so that a test can list them.
 * RENKEI_FAILPOINT_DIR=dir, for programs that run already: dir/PROGRAM.arm with such a list arms that program at its next passage (the file is
 * then removed, older points are forgotten); dir/PROGRAM.passed takes the names passed, if it is there when the program starts.
 */
#ifndef RUNTIME_FAILPOINT_H
#define RUNTIME_FAILPOINT_H

#ifdef RENKEI_FAILPOINTS
void failpoint (const char *name);
#else
static inline void failpoint (const char *name) { (void) name; }
#endif

#endif
