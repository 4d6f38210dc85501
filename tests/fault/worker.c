/* Runs the program that is struck: by itself, or stopping at marked allocations for copies. */
#include "allocations.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 60 }; /* seconds; a run takes a tenth of one */

void worker_path(char *out, const struct worker *worker, const char *name)
{
    if (snprintf(out, TREE_PATH, "%s/%s", worker->folder, name) >= TREE_PATH)
        give_up("too long", worker->folder);
}

void worker_open(struct worker *worker, uint64_t size)
{
    static const char *const folders[] = {"", "tree", "keep", "tmp"};
    char path[TREE_PATH];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        worker_path(path, worker, folders[i]);
        if (mkdir(path, 0700) != 0)
            give_up("make", path);
    }
    worker_path(path, worker, "control");
    size_t bytes = sizeof *worker->control + size;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, (off_t)bytes) != 0)
        give_up("make", path);
    worker->control = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    (void)close(fd);
    if (worker->control == MAP_FAILED)
        give_up("map", path);
    worker->control->size = size;
    worker->control->now = worker->plan->now;
    worker->control->trace = worker->plan->only != 0;
}

void worker_fresh(struct worker *worker)
{
    static struct tree first;
    char path[TREE_PATH];
    if (!first.count)
        tree_read(&first, worker->plan->tree);
    worker_path(path, worker, "tree");
    tree_remove(path);
    if (mkdir(path, 0700) != 0)
        give_up("make", path);
    tree_write(&first, path);
}

static _Noreturn void become(const struct worker *worker, int line)
{
    char path[TREE_PATH], number[16];
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker_path(path, worker, "said");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    int null = open("/dev/null", O_RDONLY);
    if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0 || dup2(null, 0) < 0)
        give_up("open", path);
    (void)close(fd);
    (void)close(null);
    worker_path(path, worker, "tmp");
    (void)setenv("TMPDIR", path, 1);
    worker_path(path, worker, "control");
    (void)setenv("STARVE_CONTROL", path, 1);
    if (line >= 0) {
        (void)snprintf(number, sizeof number, "%d", line);
        (void)setenv("STARVE_SOCKET", number, 1);
    }
    (void)setenv("LD_PRELOAD", worker->plan->preload, 1);
    worker_path(path, worker, "tree");
    if (chdir(path) != 0)
        give_up("enter", path);
    (void)execv(worker->plan->command[0], worker->plan->command);
    _exit(127);
}

/* The words and the state that a run left; in `tree` its folder. */
static void gather(struct outcome *outcome, struct tree *tree, const struct worker *worker)
{
    char path[TREE_PATH];
    struct dirent *entry;
    worker_path(path, worker, "said");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, outcome->said, SAID - 1);
    if (got < 0 || truncate(path, worker->told) != 0)
        give_up("read", path);
    (void)close(fd);
    outcome->said[got] = '\0';
    worker_path(path, worker, "tmp");
    DIR *folder = opendir(path);
    outcome->left[0] = '\0';
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.') {
            (void)snprintf(outcome->left, sizeof outcome->left, "%.200s", entry->d_name);
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        }
    if (folder)
        (void)closedir(folder);
    worker_path(path, worker, "tree");
    tree_read(tree, path);
    outcome->state = tree_digest(tree);
}

static int wait_for(pid_t process)
{
    struct timespec short_time = {.tv_nsec = 1000 * 1000};
    time_t end = time(NULL) + PATIENCE;
    int status;
    while (waitpid(process, &status, WNOHANG) == 0) {
        if (time(NULL) > end) {
            (void)kill(process, SIGKILL);
            (void)waitpid(process, &status, 0);
            return -1;
        }
        (void)nanosleep(&short_time, NULL);
    }
    return status;
}

void worker_once(struct outcome *outcome, struct worker *worker, uint64_t at, int onwards)
{
    static struct tree tree;
    worker->control->seen = 0;
    worker->control->at = at;
    worker->control->onwards = onwards;
    (void)fflush(stdout);
    pid_t process = fork();
    if (process < 0)
        give_up("fork", "");
    if (process == 0)
        become(worker, -1);
    outcome->status = wait_for(process);
    worker->control->at = 0;
    gather(outcome, &tree, worker);
}

/* The next word of the program; 0 when it has ended. -1: it said nothing for too long. */
static int hear(struct starve_message *message, int line)
{
    struct pollfd ready = {.fd = line, .events = POLLIN};
    int polled = poll(&ready, 1, PATIENCE * 1000);
    if (polled == 0)
        return -1;
    return recv(line, message, sizeof *message, 0) == (ssize_t)sizeof *message;
}

static void go_on(int line)
{
    struct starve_message answer = {.kind = STARVE_GO};
    if (send(line, &answer, sizeof answer, MSG_NOSIGNAL) != (ssize_t)sizeof answer)
        give_up("answer", "");
}

static void record(struct worker *worker, const struct starve_message *message,
                   const struct outcome *outcome, const struct tree *tree)
{
    char why[SAID];
    struct account *account = worker->account;
    worker->met[message->n * STARVE_MODES + (unsigned)message->mode] = outcome_digest(outcome);
    account->struck[message->mode]++;
    account->done += outcome->status == worker->clean.status;
    int is_wrong = judge(why, worker, outcome, tree);
    if (worker->plan->only)
        (void)printf("allocation %llu, mode %d: status %d\n%s", (unsigned long long)message->n,
                     message->mode, outcome->status, outcome->said);
    if (!is_wrong)
        return;
    account->wrong++;
    if (account->shown++ < SHOWN)
        (void)printf("WRONG %s: allocation %llu%s: %s\n", worker->plan->name,
                     (unsigned long long)message->n,
                     message->mode == STARVE_ONWARDS ? " and all after it" : "", why);
    (void)fflush(stdout);
}

/* The outcome of a copy is judged and its traces are taken away. */
static void struck(struct worker *worker, const struct starve_message *message,
                   const struct tree *before, int hangs)
{
    static struct tree now;
    static struct outcome outcome;
    char root[TREE_PATH], keep[TREE_PATH];
    worker_path(root, worker, "tree");
    worker_path(keep, worker, "keep");
    outcome.status = hangs ? -1 : message->status;
    gather(&outcome, &now, worker);
    record(worker, message, &outcome, &now);
    if (tree_same(before, &now))
        return;
    tree_put_back(before, &now, root, keep);
    tree_read(&now, root);
    if (!tree_same(before, &now))
        give_up("could not put back", root);
}

static void converse(struct worker *worker, int line, time_t until)
{
    static struct tree before, now;
    struct starve_message message;
    char root[TREE_PATH], keep[TREE_PATH], said[TREE_PATH];
    struct stat about;
    pid_t copy = 0;
    int heard, hangs = 0;
    worker_path(said, worker, "said");
    worker_path(root, worker, "tree");
    worker_path(keep, worker, "keep");
    while ((heard = hear(&message, line)) != 0) {
        if (heard < 0) {
            if (!copy)
                give_up("says nothing:", worker->plan->command[0]);
            (void)kill(copy, SIGKILL);
            hangs = 1;
            continue;
        }
        switch (message.kind) {
        case STARVE_HERE:
            worker->told = stat(said, &about) == 0 ? about.st_size : 0;
            tree_read(&now, root);
            if (!tree_same(&before, &now)) {
                struct tree other = before;
                before = now;
                now = other;
                tree_keep(&before, root, keep);
            }
            go_on(line);
            break;
        case STARVE_COPIED:
            copy = message.process;
            break;
        case STARVE_ENDED:
            struck(worker, &message, &before, hangs);
            copy = hangs = 0;
            if (until && time(NULL) >= until) /* those still marked are not struck */
                memset(worker->control->marked, 0, worker->control->size);
            go_on(line);
            break;
        case STARVE_UNLINKED:
        case STARVE_GO:
        default:
            give_up("an open file without a name cannot be put back", worker->plan->command[0]);
        }
    }
}

void worker_walk(struct worker *worker, time_t until)
{
    static struct tree tree;
    struct outcome outcome;
    int line[2];
    worker_fresh(worker);
    worker->control->seen = 0;
    (void)fflush(stdout);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, line) != 0)
        give_up("socketpair", "");
    pid_t process = fork();
    if (process < 0)
        give_up("fork", "");
    if (process == 0) {
        (void)close(line[0]);
        become(worker, line[1]);
    }
    (void)close(line[1]);
    converse(worker, line[0], until);
    (void)close(line[0]);
    outcome.status = wait_for(process);
    worker->told = 0;
    gather(&outcome, &tree, worker);
    if (outcome_digest(&outcome) != outcome_digest(&worker->clean) ||
        worker->control->seen != worker->total) {
        (void)printf("WRONG %s: the run whose copies were struck ended another way\n",
                     worker->plan->name);
        worker->account->wrong++;
    }
}
