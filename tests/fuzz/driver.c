/* A main for fuzz targets where there is no fuzzing engine: replays the corpus, then a fixed number
 * of seeded mutations of it, so that every test run touches each target. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 16, MUTATIONS = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* An exact copy on the heap, so that AddressSanitizer sees a read behind the end. */
static void try_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        exit(1);
    memcpy(copy, bytes, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

/* Characters that mean something to one reader or another. */
static const char marks[] = "\"',:-{}[]#\n\r\t .0129A\x80\xFF";

static void mutate(uint8_t *bytes, size_t *size, uint64_t *state)
{
    for (uint64_t edits = next(state) % 4 + 1; edits && *size; edits--) {
        size_t at = next(state) % *size;
        switch (next(state) % 4) {
        case 0:
            bytes[at] = (uint8_t)next(state);
            break;
        case 1:
            bytes[at] = (uint8_t)marks[next(state) % (sizeof marks - 1)];
            break;
        case 2: /* cut the end off */
            *size = at;
            break;
        default: /* double a piece */
            if (*size * 2 < LONGEST) {
                memmove(bytes + at + 1, bytes + at, *size - at);
                (*size)++;
            }
        }
    }
}

static int replay(const char *folder, const char *name)
{
    static uint8_t original[LONGEST], bytes[LONGEST];
    char path[1024];
    uint64_t state = 20140705;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t size = fread(original, 1, sizeof original, file);
    (void)fclose(file);
    try_bytes(original, size);
    for (int i = 0; i < MUTATIONS; i++) {
        size_t length = size;
        memcpy(bytes, original, size);
        mutate(bytes, &length, &state);
        try_bytes(bytes, length);
    }
    return 1;
}

int main(int argc, char **argv)
{
    int count = 0;
    DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            count += replay(argv[1], entry->d_name);
    if (folder)
        (void)closedir(folder);
    (void)printf("%d inputs, %d mutations each\n", count, MUTATIONS);
    return count ? 0 : 1;
}
