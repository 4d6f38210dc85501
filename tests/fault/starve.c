/* starve.so, preloaded: makes an allocation of a program fail, and the program repeat itself to the
 * bit.
 *
 * Where an allocation is marked the program stops and makes a copy of itself (fork) for each way of
 * failing. The copy finds that allocation failed and lives on; the program waits until it ended and
 * whoever strikes (allocations.c) has put the files back, then goes on as if nothing had been. So
 * the way to an allocation is walked once for all of them, not once for each.
 *
 * What files cannot give back is dealt with here: positions of descriptors, which a copy shares,
 * are noted and set again; locks, which a copy must neither find taken nor release, are not asked
 * for in a copy. The clock stands still, processes have one number, what is random is nought and
 * temporary names are counted up, so that the same failure leaves the same bytes. */
#include "starve.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DESCRIPTORS = 64, CALLERS = 40, PROCESS = 4711 };

/* The allocator's own entries, which nothing stands before. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static struct starve_control *control;
static int line = -1;         /* to whoever strikes */
static int struck, onwards;   /* set in a copy */
static unsigned names_so_far; /* of temporary files */

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("STARVE_CONTROL"), *number = getenv("STARVE_SOCKET");
    struct stat about;
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *callers[1];
    (void)backtrace(callers, 1); /* loads what it needs: not among what is struck */
    if (fstat(fd, &about) == 0) {
        void *at = mmap(NULL, (size_t)about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        control = at == MAP_FAILED ? NULL : at;
    }
    (void)close(fd);
    if (number)
        line = (int)strtol(number, NULL, 10);
}

static void tell(enum starve_kind kind, uint64_t n, int mode, pid_t process, int status)
{
    struct starve_message message = {kind, mode, status, process, n};
    if (send(line, &message, sizeof message, MSG_NOSIGNAL) != (ssize_t)sizeof message)
        _exit(125);
}

static void await(void)
{
    struct starve_message answer;
    ssize_t got;
    do
        got = recv(line, &answer, sizeof answer, 0);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof answer)
        _exit(125);
}

static void note_positions(off_t *position)
{
    struct stat about;
    for (int fd = 0; fd < DESCRIPTORS; fd++) {
        position[fd] = fd == line ? -1 : lseek(fd, 0, SEEK_CUR);
        if (position[fd] >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) &&
            about.st_nlink == 0)
            tell(STARVE_UNLINKED, control->seen, 0, 0, 0);
    }
}

/* Lines of the form program(+0x1234): for addr2line. */
static void say_from_where(void)
{
    void *callers[CALLERS];
    backtrace_symbols_fd(callers, backtrace(callers, CALLERS), STDERR_FILENO);
}

/* 1 in a copy that is to find its allocation failed. */
static int visit(uint64_t n)
{
    off_t position[DESCRIPTORS];
    int before = errno;
    tell(STARVE_HERE, n, 0, 0, 0);
    await();
    note_positions(position);
    for (int mode = 0; mode < STARVE_MODES; mode++) {
        int status = 0;
        pid_t parent = (pid_t)syscall(SYS_getpid), copy = fork();
        if (copy == 0) {
            if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || (pid_t)syscall(SYS_getppid) != parent)
                _exit(125);
            (void)close(line);
            struck = 1;
            onwards = mode == STARVE_ONWARDS;
            if (control->trace)
                say_from_where();
            errno = ENOMEM;
            return 1;
        }
        if (copy < 0)
            _exit(125);
        tell(STARVE_COPIED, n, mode, copy, 0);
        while (waitpid(copy, &status, 0) < 0 && errno == EINTR)
            continue;
        for (int fd = 0; fd < DESCRIPTORS; fd++)
            if (position[fd] >= 0)
                (void)lseek(fd, position[fd], SEEK_SET);
        tell(STARVE_ENDED, n, mode, copy, status);
        await();
    }
    errno = before;
    return 0;
}

static int fails(void)
{
    if (!control)
        return 0;
    if (struck) {
        if (onwards)
            errno = ENOMEM;
        return onwards;
    }
    uint64_t n = __atomic_add_fetch(&control->seen, 1, __ATOMIC_RELAXED);
    if (control->at && (n == control->at || (control->onwards && n > control->at))) {
        errno = ENOMEM;
        return 1;
    }
    return n < control->size && control->marked[n] && visit(n);
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return fails() ? NULL : __libc_realloc(old, all);
}

void *memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **at, size_t alignment, size_t size)
{
    void *got = fails() ? NULL : __libc_memalign(alignment, size);
    if (!got)
        return ENOMEM;
    *at = got;
    return 0;
}

/* Locks. Every command that takes one has its third argument where a pointer would be. */
static int control_file(int fd, int command, void *argument)
{
    int asks = command == F_GETLK || command == F_OFD_GETLK;
    int sets = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK ||
               command == F_OFD_SETLKW;
    if (control && struck && sets)
        return 0;
    if (control && struck && asks) {
        ((struct flock *)argument)->l_type = F_UNLCK;
        return 0;
    }
    return (int)syscall(SYS_fcntl, fd, command, argument);
}

int fcntl(int fd, int command, ...)
{
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return control_file(fd, command, argument);
}

int fcntl64(int fd, int command, ...)
{
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return control_file(fd, command, argument);
}

int flock(int fd, int operation)
{
    return control && struck ? 0 : (int)syscall(SYS_flock, fd, operation);
}

/* Clock, process number, random bytes, names. */
int clock_gettime(clockid_t which, struct timespec *now)
{
    if (!control)
        return (int)syscall(SYS_clock_gettime, which, now);
    *now = (struct timespec){.tv_sec = control->now};
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec t;
    (void)zone;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    now->tv_sec = t.tv_sec;
    now->tv_usec = t.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    if (now)
        *now = t.tv_sec;
    return t.tv_sec;
}

pid_t getpid(void)
{
    return control ? PROCESS : (pid_t)syscall(SYS_getpid);
}

static int open_file(const char *path, int flags, mode_t mode)
{
    if (control && strcmp(path, "/dev/urandom") == 0)
        path = "/dev/zero";
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return open_file(path, flags, mode);
}

/* The next name for a template; 0: it is none. */
static int next_name(char *template)
{
    size_t length = strlen(template);
    if (length < 6 || strcmp(template + length - 6, "XXXXXX") != 0) {
        errno = EINVAL;
        return 0;
    }
    unsigned number = ++names_so_far;
    for (char *at = template + length - 6; at < template + length; at++, number /= 26)
        *at = (char)('A' + number % 26);
    return 1;
}

int mkostemp(char *template, int flags)
{
    size_t length = strlen(template);
    int fd;
    do {
        if (!next_name(template))
            return -1;
        fd = open_file(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
        if (fd < 0 && errno == EEXIST)
            memcpy(template + length - 6, "XXXXXX", 6);
    } while (fd < 0 && errno == EEXIST);
    return fd;
}

int mkstemp(char *template)
{
    return mkostemp(template, 0);
}

char *mkdtemp(char *template)
{
    size_t length = strlen(template);
    int failed;
    do {
        if (!next_name(template))
            return NULL;
        failed = mkdir(template, 0700);
        if (failed && errno == EEXIST)
            memcpy(template + length - 6, "XXXXXX", 6);
    } while (failed && errno == EEXIST);
    return failed ? NULL : template;
}
