/* The parts of allocations.c, which strikes every allocation of a program. */
#ifndef HEDUI_FAULT_ALLOCATIONS_H
#define HEDUI_FAULT_ALLOCATIONS_H

#include "starve.h"
#include "tree.h"

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

enum { SAID = 8192, STATES = 1 << 16, SHOWN = 40 };

/* What the command line asks for. */
struct plan {
    const char *name, *tree, *preload, *verify;
    char **command;
    char undisturbed[TREE_PATH]; /* folder with what a run leaves that nothing struck */
    uint64_t points;             /* so many allocations, drawn with `seed`; 0: every one */
    uint64_t seed;
    uint64_t only;  /* this allocation alone, telling from where; 0: not so */
    uint64_t alone; /* so many of them struck in processes of their own as well */
    time_t now;     /* what the clock says in every run */
    long seconds;   /* stop after that; 0: never */
    int jobs;
};

/* How a struck program ended. */
struct outcome {
    int status; /* as waitpid gives it; -1: it had to be killed */
    char said[SAID];
    uint64_t state;       /* digest of the folder */
    char left[TREE_PATH]; /* a file it left in TMPDIR, "" if none */
};

/* A state that was judged: by its digest, together with whether the run said that it was done. */
struct state {
    _Atomic uint64_t key;
    _Atomic int verdict; /* 0: none yet, 1: right, 2: wrong */
};

/* Of all workers. */
struct account {
    _Atomic uint64_t struck[STARVE_MODES], done, wrong, states, shown;
    struct state known[STATES];
};

/* A worker's own folder and what it works with. */
struct worker {
    const struct plan *plan;
    struct account *account;
    struct starve_control *control;
    char folder[TREE_PATH]; /* holds tree/ keep/ tmp/ judged/ control said */
    int number;
    off_t told;            /* bytes of `said` that are the program's, not its copy's */
    uint64_t total;        /* allocations of a run that nothing struck */
    struct outcome clean;  /* how that one ends */
    _Atomic uint64_t *met; /* for each allocation and mode a digest of its outcome; 0: not struck */
};

/* A path in a worker's folder, in `out`. */
void worker_path(char *out, const struct worker *worker, const char *name);

/* Make the folder of a worker, and its control of so many allocations. */
void worker_open(struct worker *worker, uint64_t size);

/* Put the plan's tree into the worker's folder, as if for the first time. */
void worker_fresh(struct worker *worker);

/* Run the command once, nothing or the allocation `at` failing in it. */
void worker_once(struct outcome *outcome, struct worker *worker, uint64_t at, int onwards);

/* Run it once and strike copies of it at each allocation that its control marks. */
void worker_walk(struct worker *worker, time_t until);

/* What is wrong with an outcome, in `why`; 0: nothing. `tree` is the folder it left. */
int judge(char why[SAID], struct worker *worker, const struct outcome *outcome,
          const struct tree *tree);

/* A digest of all that makes up an outcome, never 0. */
uint64_t outcome_digest(const struct outcome *outcome);

#endif
