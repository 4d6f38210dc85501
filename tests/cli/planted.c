/* Loaded in front of the C library: a clock, a disk and a file system as PLANT_TIME, PLANT_FREE
 * (bytes) and PLANT_TYPE (number of a file system) say. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>

static int planted(const char *name, long long *value)
{
    const char *text = getenv(name);
    if (!text)
        return 0;
    *value = strtoll(text, NULL, 0);
    return 1;
}

time_t time(time_t *at)
{
    long long value;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    time_t seconds = planted("PLANT_TIME", &value) ? (time_t)value : now.tv_sec;
    if (at)
        *at = seconds;
    return seconds;
}

int statvfs(const char *restrict path, struct statvfs *restrict where)
{
    long long value;
    int (*real)(const char *, struct statvfs *);
    *(void **)&real = dlsym(RTLD_NEXT, "statvfs");
    int result = real(path, where);
    if (planted("PLANT_FREE", &value)) {
        where->f_frsize = 1;
        where->f_bavail = (fsblkcnt_t)value;
    }
    return result;
}

int statfs(const char *path, struct statfs *where)
{
    long long value;
    int (*real)(const char *, struct statfs *);
    *(void **)&real = dlsym(RTLD_NEXT, "statfs");
    int result = real(path, where);
    if (planted("PLANT_TYPE", &value))
        where->f_type = (__fsword_t)value;
    return result;
}
