/* What is wrong with how a struck program ended. */
#include "allocations.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

uint64_t outcome_digest(const struct outcome *outcome)
{
    uint64_t state = outcome->state ^ ((uint64_t)(unsigned)outcome->status << 32);
    for (const char *at = outcome->said; *at; at++)
        state = (state ^ (unsigned char)*at) * 0x100000001b3u;
    for (const char *at = outcome->left; *at; at++)
        state = (state ^ (unsigned char)*at) * 0x100000001b3u;
    return state ? state : 1;
}

/* The plan's script, over a copy of what was left. */
static int verify(char why[SAID], const struct worker *worker, const struct tree *tree, int done)
{
    char folder[TREE_PATH], words[TREE_PATH], command[4 * TREE_PATH];
    worker_path(folder, worker, "judged");
    worker_path(words, worker, "words");
    if (mkdir(folder, 0700) != 0)
        give_up("make", folder);
    tree_write(tree, folder);
    (void)snprintf(command, sizeof command, "cd '%s' && timeout 300 sh '%s' %s '%s' >'%s' 2>&1",
                   folder, worker->plan->verify, done ? "done" : "failed",
                   worker->plan->undisturbed, words);
    (void)unsetenv("LD_PRELOAD");
    int status = system(command);
    FILE *file = fopen(words, "r");
    size_t got = file ? fread(why, 1, SAID - 1, file) : 0;
    why[got] = '\0';
    if (file)
        (void)fclose(file);
    tree_remove(folder);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

/* The same bytes after the same answer need not be judged twice. */
static int state_wrong(char why[SAID], const struct worker *worker, const struct tree *tree,
                       uint64_t digest, int done)
{
    struct state *known = worker->account->known;
    uint64_t key = digest * 2 + (unsigned)done;
    size_t at = (size_t)(key % STATES);
    if (!key)
        key = 2;
    for (size_t tried = 0;; tried++, at = (at + 1) % STATES) {
        uint64_t free_slot = 0;
        if (tried == STATES)
            give_up("too many states", worker->plan->name);
        if (atomic_compare_exchange_strong(&known[at].key, &free_slot, key))
            worker->account->states++;
        else if (free_slot != key)
            continue;
        break;
    }
    int verdict = known[at].verdict;
    if (!verdict) { /* or another worker is at it */
        verdict = verify(why, worker, tree, done) ? 2 : 1;
        known[at].verdict = verdict;
    } else if (verdict == 2) {
        (void)snprintf(why, SAID, "a state found wrong before");
    }
    return verdict == 2;
}

/* The program's words, or those of the library of its threads, which ends the process itself. */
static int says_memory(const char *said)
{
    return strstr(said, "内存不足") || strstr(said, "libgomp: Out of memory");
}

int judge(char why[SAID], struct worker *worker, const struct outcome *outcome,
          const struct tree *tree)
{
    char state[SAID];
    int code = WIFEXITED(outcome->status) ? WEXITSTATUS(outcome->status) : -1;
    int done = outcome->status == worker->clean.status;
    const char *wrong = NULL;
    if (outcome->status == -1)
        wrong = "hangs";
    else if (WIFSIGNALED(outcome->status))
        wrong = "dies of a signal";
    else if (done && strcmp(outcome->said, worker->clean.said) != 0)
        wrong = "is done, with other words";
    else if (!done && (code != 1 || !says_memory(outcome->said)))
        wrong = "does not say that memory ran out";
    else if (outcome->left[0])
        wrong = "leaves a temporary file";
    if (wrong)
        (void)snprintf(why, SAID, "%s (%s, status %d): %.400s", wrong,
                       outcome->left[0] ? outcome->left : "no file", outcome->status,
                       outcome->said);
    if (!state_wrong(state, worker, tree, outcome->state, done))
        return wrong != NULL;
    (void)snprintf(why, SAID, "what is left is wrong (status %d): %.400s; it said: %.400s",
                   outcome->status, state, outcome->said);
    return 1;
}
