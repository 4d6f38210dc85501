/* allocations NAME TREE PRELOAD VERIFY [points=N] [seed=N] [only=N] [alone=N] [jobs=N] [seconds=N]
 * -- PROGRAM ARGUMENT...: let each allocation of a program fail, by itself and with all that follow
 * it, and judge what comes of it. See README.md.
 *
 * TREE is the folder it starts in, PRELOAD is starve.so. VERIFY is a script that is run, by sh, in
 * a copy of what a struck run left, with `done` or `failed` and a folder with what a run leaves
 * that nothing struck as its arguments; 0 means that all is right. It is asked once for each state
 * that is met, by digest: names, modes and bytes of all files.
 *
 * The last line says how many were struck of how many there are. Exit 1: something was wrong. */
#include "allocations.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 8, TELL_EVERY = 20 };

static char work[TREE_PATH];

static void *shared(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        give_up("memory", "");
    return at;
}

static struct worker worker_of(const struct plan *plan, struct account *account, int number,
                               uint64_t size)
{
    struct worker worker = {.plan = plan, .account = account, .number = number};
    if (snprintf(worker.folder, TREE_PATH, "%s/%d", work, number) >= TREE_PATH)
        give_up("too long", work);
    worker_open(&worker, size);
    return worker;
}

/* 1 at each allocation that is to be struck: every one, or so many of a walk through all of them in
 * steps of a length that is prime to their number. */
static unsigned char *chosen(const struct plan *plan, uint64_t total)
{
    unsigned char *marks = calloc(total + 1, 1);
    uint64_t step = total * 618 / 1000 + plan->seed % 1000 + 1, at = plan->seed * 7919 % total;
    uint64_t a, b, rest;
    if (!marks)
        give_up("memory", "");
    do {
        for (a = ++step, b = total; b; a = b, b = rest)
            rest = a % b;
    } while (a != 1);
    if (plan->only) {
        marks[plan->only <= total ? plan->only : total] = 1;
        return marks;
    }
    uint64_t points = plan->points && plan->points < total ? plan->points : total;
    for (uint64_t i = 0; i < points; i++, at = (at + step) % total)
        marks[1 + at] = 1;
    return marks;
}

/* The marked ones of a worker, in rounds that each go through the whole run, so that what was
 * struck is spread over it if the time runs out. */
static void work_on(struct worker *worker, const unsigned char *marks, time_t until)
{
    const struct plan *plan = worker->plan;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (uint64_t round = 0; round < ROUNDS && (!until || time(NULL) < until); round++) {
        uint64_t share = (uint64_t)plan->jobs * ROUNDS;
        uint64_t mine = round * (uint64_t)plan->jobs + (uint64_t)worker->number;
        for (uint64_t n = 0, nth = 0; n <= worker->total; n++) {
            nth += marks[n];
            worker->control->marked[n] = marks[n] && nth % share == mine;
        }
        worker_walk(worker, until);
    }
    (void)fflush(stdout);
    _exit(0);
}

static void tell(const struct plan *plan, const struct account *account, uint64_t points,
                 uint64_t total, time_t began)
{
    uint64_t struck = account->struck[STARVE_ALONE] + account->struck[STARVE_ONWARDS];
    (void)printf(
        "%s: struck %llu of %llu (allocations %llu, alone and from there on; points %llu), "
        "%llu ran to their end, %llu states, %llu wrong, %ld s\n",
        plan->name, (unsigned long long)struck, (unsigned long long)(2 * total),
        (unsigned long long)total, (unsigned long long)points, (unsigned long long)account->done,
        (unsigned long long)account->states, (unsigned long long)account->wrong,
        (long)(time(NULL) - began));
    (void)fflush(stdout);
}

/* Some of those struck in copies, struck once more in a process of their own: the same comes of it.
 */
static void compare(struct worker *worker, const unsigned char *marks)
{
    static struct outcome outcome;
    uint64_t struck = 0, nth = 0, compared = 0, differ = 0;
    for (uint64_t i = 0; i < (worker->total + 1) * STARVE_MODES; i++)
        struck += marks[i / STARVE_MODES] && worker->met[i];
    uint64_t every = worker->plan->alone ? struck / worker->plan->alone + 1 : 0;
    for (uint64_t i = 0; every && i < (worker->total + 1) * STARVE_MODES; i++) {
        if (!worker->met[i] || nth++ % every != worker->plan->seed % every)
            continue;
        worker_fresh(worker);
        worker_once(&outcome, worker, i / STARVE_MODES, (int)(i % STARVE_MODES));
        compared++;
        if (outcome_digest(&outcome) == worker->met[i])
            continue;
        (void)printf(
            "WRONG %s: allocation %llu, mode %llu: a copy and a process of its own differ\n",
            worker->plan->name, (unsigned long long)(i / STARVE_MODES),
            (unsigned long long)(i % STARVE_MODES));
        differ++;
    }
    worker->account->wrong += differ;
    (void)printf("%s: %llu struck in a process of their own as well, %llu differ\n",
                 worker->plan->name, (unsigned long long)compared, (unsigned long long)differ);
}

static int sweep(const struct plan *plan)
{
    struct account *account = shared(sizeof *account);
    struct worker measure = worker_of(plan, account, plan->jobs, 0);
    struct outcome again;
    static struct tree tree;
    char root[TREE_PATH], why[SAID] = "";
    time_t began = time(NULL), until = plan->seconds ? began + plan->seconds : 0;
    worker_fresh(&measure);
    worker_once(&measure.clean, &measure, 0, 0);
    measure.total = measure.control->seen;
    worker_path(root, &measure, "tree");
    tree_read(&tree, root);
    if (mkdir(plan->undisturbed, 0700) != 0)
        give_up("make", plan->undisturbed);
    tree_write(&tree, plan->undisturbed);
    if (!measure.total || judge(why, &measure, &measure.clean, &tree)) {
        (void)printf("%s: a run that nothing strikes is wrong: %s %s\n", plan->name,
                     measure.clean.said, why);
        return 1;
    }
    worker_fresh(&measure);
    worker_once(&again, &measure, 0, 0);
    if (outcome_digest(&again) != outcome_digest(&measure.clean) ||
        measure.total != measure.control->seen) {
        (void)printf("%s: two runs that nothing strikes differ\n", plan->name);
        return 1;
    }
    unsigned char *marks = chosen(plan, measure.total);
    uint64_t points = 0;
    for (uint64_t n = 0; n <= measure.total; n++)
        points += marks[n];
    measure.met = shared((measure.total + 1) * STARVE_MODES * sizeof *measure.met);
    for (int i = 0; i < plan->jobs; i++) {
        struct worker worker = worker_of(plan, account, i, measure.total + 1);
        worker.total = measure.total;
        worker.clean = measure.clean;
        worker.met = measure.met;
        (void)fflush(stdout);
        pid_t process = fork();
        if (process < 0)
            give_up("fork", "");
        if (process == 0)
            work_on(&worker, marks, until);
    }
    time_t told = began;
    int status, running = plan->jobs;
    while (running) {
        struct timespec short_time = {.tv_nsec = 50 * 1000 * 1000};
        (void)nanosleep(&short_time, NULL);
        while (running && waitpid(-1, &status, WNOHANG) > 0) {
            running--;
            account->wrong += status != 0; /* and it has said why */
        }
        if (time(NULL) - told >= TELL_EVERY) {
            told = time(NULL);
            tell(plan, account, points, measure.total, began);
        }
    }
    compare(&measure, marks);
    tell(plan, account, points, measure.total, began);
    free(marks);
    return account->wrong != 0;
}

int main(int argc, char **argv)
{
    struct plan plan = {.jobs = 2, .seed = 1, .now = time(NULL)};
    int i = 5;
    if (argc < 7)
        return 2;
    plan.name = argv[1];
    plan.tree = argv[2];
    plan.preload = argv[3];
    plan.verify = argv[4];
    for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *equals = strchr(argv[i], '=');
        uint64_t value = equals ? strtoull(equals + 1, NULL, 10) : 0;
        if (strncmp(argv[i], "points=", 7) == 0)
            plan.points = value;
        else if (strncmp(argv[i], "seed=", 5) == 0)
            plan.seed = value;
        else if (strncmp(argv[i], "only=", 5) == 0)
            plan.only = value;
        else if (strncmp(argv[i], "alone=", 6) == 0)
            plan.alone = value;
        else if (strncmp(argv[i], "jobs=", 5) == 0 && value >= 1 && value <= 64)
            plan.jobs = (int)value;
        else if (strncmp(argv[i], "seconds=", 8) == 0)
            plan.seconds = (long)value;
        else
            return 2;
    }
    if (i + 1 >= argc)
        return 2;
    plan.command = argv + i + 1;
    const char *temporary = getenv("TMPDIR");
    if (snprintf(work, sizeof work, "%s/allocations.XXXXXX", temporary ? temporary : "/tmp") >=
            (int)sizeof work ||
        !mkdtemp(work) ||
        snprintf(plan.undisturbed, TREE_PATH, "%s/undisturbed", work) >= TREE_PATH)
        give_up("make", work);
    int wrong = sweep(&plan);
    tree_remove(work);
    return wrong;
}
