/* What is wrong with a file as a file, by zlib's own reading of gzip and a look at the first bytes.
 */
#include "oracle.h"

#include "export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static unsigned char *read_all(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rbe");
    long size = 0;
    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
        oracle_die("cannot read", path);
    unsigned char *bytes = malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size || fclose(file))
        oracle_die("cannot read", path);
    *length = (size_t)size;
    return bytes;
}

/* One member from `*at` on; `first` gets what its text begins with. */
static const char *member(const unsigned char *bytes, size_t length, size_t *at, char first[2])
{
    static unsigned char text[1 << 16];
    const char *fault = NULL;
    z_stream z = {.next_in = (Bytef *)(size_t)(bytes + *at), .avail_in = (uInt)(length - *at)};
    if (inflateInit2(&z, 15 + 16) != Z_OK)
        oracle_die("no memory for", "inflate");
    for (int state = Z_OK, begun = 0; state != Z_STREAM_END && !fault; begun = 1) {
        z.next_out = text;
        z.avail_out = sizeof text;
        state = inflate(&z, Z_NO_FLUSH);
        if (!begun && first)
            memcpy(first, text, 2);
        if (state == Z_DATA_ERROR && z.msg && strcmp(z.msg, "incorrect data check") == 0)
            fault = "gz_crc";
        else if (state == Z_DATA_ERROR && z.msg && strcmp(z.msg, "incorrect length check") == 0)
            fault = "gz_length";
        else if (state == Z_DATA_ERROR)
            fault = "gz_data";
        else if (state != Z_STREAM_END && !z.avail_in && z.avail_out)
            fault = "gz_truncated";
    }
    *at = length - z.avail_in;
    (void)inflateEnd(&z);
    return fault;
}

const char *container_fault(const char *path)
{
    size_t length = 0, at = 0;
    char first[2] = "";
    unsigned char *bytes = read_all(path, &length);
    const char *fault = NULL;
    if (length > 1 && memcmp(bytes, "PK", 2) == 0)
        fault = "gz_zip";
    else if (length < 2 || memcmp(bytes, "\x1F\x8B", 2) != 0)
        fault = "gz_plain";
    while (!fault && at < length) {
        if (at && (at + 1 == length || memcmp(bytes + at, "\x1F\x8B", 2) != 0))
            fault = "gz_trailing";
        else
            fault = member(bytes, length, &at, at ? NULL : first);
    }
    if (!fault && (memcmp(first, "\xFF\xFE", 2) == 0 || memcmp(first, "\xFE\xFF", 2) == 0))
        fault = "charset";
    free(bytes);
    return fault;
}
