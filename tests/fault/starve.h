/* What starve.c, inside the program that is struck, and allocations.c, which strikes it, tell each
 * other. */
#ifndef HEDUI_FAULT_STARVE_H
#define HEDUI_FAULT_STARVE_H

#include <stdint.h>
#include <sys/types.h>

/* How an allocation fails: alone, or with all that follow it. */
enum { STARVE_ALONE, STARVE_ONWARDS, STARVE_MODES };

/* A file that both map, named by STARVE_CONTROL. */
struct starve_control {
    uint64_t seen; /* allocations so far, not counting those of copies */
    uint64_t at;   /* fails in the program itself; 0: none does */
    uint64_t size; /* of `marked` */
    int64_t now;   /* what the clock says */
    int onwards;
    int trace;              /* 1: a copy that is struck says from where on standard error */
    unsigned char marked[]; /* 1 at N: stop there for copies of the program to be struck */
};

/* Over the socket whose number STARVE_SOCKET names. */
enum starve_kind {
    STARVE_HERE,     /* before allocation `n`, nothing struck yet */
    STARVE_COPIED,   /* `process` is the copy that is struck, in the mode `mode` */
    STARVE_ENDED,    /* it ended with `status` */
    STARVE_UNLINKED, /* a file that is open has no name: it could not be put back */
    STARVE_GO        /* the answer to STARVE_HERE and STARVE_ENDED: go on */
};

struct starve_message {
    enum starve_kind kind;
    int mode, status;
    pid_t process;
    uint64_t n;
};

#endif
