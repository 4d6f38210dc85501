/* Lines collected and written in large pieces. */
#include "demo/tsv.h"

#include <errno.h>

enum { PIECE = 1 << 16 };

static hedui_status failed(const char *path, int error, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E1004, hedui_place_file(path), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_ERRNO(error ? error : EIO));
}

static void write_pending(hedui_demo_tsv *tsv)
{
    errno = 0;
    if (fwrite(hedui_buffer_span(&tsv->text).at, 1, tsv->text.length, tsv->file) !=
            tsv->text.length &&
        !tsv->error)
        tsv->error = errno ? errno : EIO;
    tsv->text.length = 0; /* keeps a remembered lack of memory */
}

hedui_status hedui_demo_tsv_open(hedui_demo_tsv *tsv, const char *path, hedui_err *err)
{
    hedui_buffer_init(&tsv->text);
    tsv->error = 0;
    errno = 0;
    tsv->file = fopen(path, "we");
    return tsv->file ? HEDUI_OK : failed(path, errno, err);
}

void hedui_demo_tsv_end(hedui_demo_tsv *tsv)
{
    if (tsv->text.length >= PIECE)
        write_pending(tsv);
}

hedui_status hedui_demo_tsv_close(hedui_demo_tsv *tsv, const char *path, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    if (!tsv->file)
        return status;
    write_pending(tsv);
    int memory = hedui_buffer_failed(&tsv->text);
    errno = 0;
    if (fclose(tsv->file) && !tsv->error)
        tsv->error = errno ? errno : EIO;
    tsv->file = NULL;
    hedui_buffer_free(&tsv->text);
    if (memory)
        return hedui_fail_memory(err);
    return tsv->error ? failed(path, tsv->error, err) : HEDUI_OK;
}
